package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// checkpoint is a note whose text is a C2SP tlog-checkpoint.
type checkpoint struct {
	origin string
	tree   tlog.Tree
	note   *note.Note
}

// cosigner verifies C2SP cosignatures v1 (type 04), which sumdb/note does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
}

// parseKeys reads vkeys; the strings may hold several, one a line.
func parseKeys(texts ...string) ([]note.Verifier, error) {
	var keys []note.Verifier
	for _, text := range strings.Fields(strings.Join(texts, "\n")) {
		key, err := note.NewVerifier(text)
		if err != nil {
			key, err = newCosigner(text)
		}
		if err != nil {
			return nil, fmt.Errorf("the verifier key %q: %v", text, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("malformed")
	}
	material, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(material) != 1+ed25519.PublicKeySize || material[0] != 4 {
		return nil, fmt.Errorf("neither an Ed25519 key (01) nor a cosignature key (04)")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	hash := binary.BigEndian.Uint32(sum[:])
	if parts[1] != fmt.Sprintf("%08x", hash) {
		return nil, fmt.Errorf("its hash does not fit its key")
	}
	return &cosigner{parts[0], hash, ed25519.PublicKey(material[1:])}, nil
}

// openNote is note.Open, and refuses other spellings of the same base64.
func openNote(data []byte, keys []note.Verifier) (*note.Note, error) {
	opened, err := note.Open(data, note.VerifierList(keys...))
	if err != nil {
		return nil, refuse("the note: %v", err)
	}
	for _, signature := range append(append([]note.Signature{}, opened.Sigs...), opened.UnverifiedSigs...) {
		if _, err := base64.StdEncoding.Strict().DecodeString(signature.Base64); err != nil {
			return nil, refuse("a signature of %s is not canonical base64", signature.Name)
		}
	}
	return opened, nil
}

// openCheckpoint wants a signature of a log key named as the origin, and one of every cosigner.
func openCheckpoint(data []byte, log, cosigners []note.Verifier) (*checkpoint, error) {
	opened, err := openNote(data, append(append([]note.Verifier{}, log...), cosigners...))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return nil, refuse("the checkpoint does not have three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || lines[1] != strconv.FormatInt(size, 10) {
		return nil, refuse("the size of the checkpoint is %q", lines[1])
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return nil, err
	}
	signed := false
	for _, signature := range opened.Sigs {
		signed = signed || signature.Name == lines[0] && has(log, signature)
	}
	if !signed {
		return nil, refuse("no key of the log %s signed the checkpoint", lines[0])
	}
	for _, witness := range cosigners {
		found := false
		for _, signature := range opened.Sigs {
			found = found || signature.Name == witness.Name() && signature.Hash == witness.KeyHash()
		}
		if !found {
			return nil, refuse("the witness %s did not cosign the checkpoint", witness.Name())
		}
	}
	return &checkpoint{lines[0], tlog.Tree{N: size, Hash: root}, opened}, nil
}

func has(keys []note.Verifier, signature note.Signature) bool {
	for _, key := range keys {
		if key.Name() == signature.Name && key.KeyHash() == signature.Hash {
			return true
		}
	}
	return false
}

func parseHash(text string) (tlog.Hash, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(data) != tlog.HashSize {
		return tlog.Hash{}, refuse("%q is not the base64 of a hash", text)
	}
	var hash tlog.Hash
	copy(hash[:], data)
	return hash, nil
}

// splitProof takes header lines, hashes and the checkpoint of a C2SP proof apart.
func splitProof(data []byte, headers int) (head []string, hashes []tlog.Hash, rest []byte, err error) {
	split := bytes.Index(data, []byte("\n\n"))
	if split < 0 {
		return nil, nil, nil, refuse("the proof has no empty line")
	}
	lines := strings.Split(string(data[:split]), "\n")
	if headers == 2 && len(lines) > 1 && strings.HasPrefix(lines[1], "extra ") {
		lines = append(lines[:1:1], lines[2:]...)
	}
	if len(lines) < headers {
		return nil, nil, nil, refuse("the proof has no header")
	}
	for _, line := range lines[headers:] {
		hash, err := parseHash(line)
		if err != nil {
			return nil, nil, nil, err
		}
		hashes = append(hashes, hash)
	}
	return lines[:headers], hashes, data[split+2:], nil
}

func number(text, prefix string) (int64, error) {
	digits := strings.TrimPrefix(text, prefix)
	value, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || value < 0 || text != prefix+strconv.FormatInt(value, 10) {
		return 0, refuse("%q is not %q and a number", text, prefix)
	}
	return value, nil
}
