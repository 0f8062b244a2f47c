// The tests build this without network, from Debian's golang-golang-x-mod-dev: GO111MODULE=off GOPATH=/usr/share/gocode go build.
// Elsewhere: go mod tidy && go build.
module opsconsole/e2e/clients/sumdb

go 1.19

require golang.org/x/mod v0.7.0
