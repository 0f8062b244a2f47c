using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary><c>HOW-TO-VERIFY.md</c>: steps for somebody who trusts neither the console nor its database, with tools that are everywhere.</summary>
internal static class EvidenceSteps
{
    private const string Python = """"
        import base64, hashlib, json, os, struct, sys

        def sha(data): return hashlib.sha256(data).digest()
        def node(left, right): return sha(b"\x01" + left + right)
        def b64(text): return base64.b64decode(text, validate=True)
        manifest = json.load(open("manifest.json", encoding="utf-8"))

        # 1. Every file has the length and the hash that the manifest names, and there is no other file.
        names = {"manifest.json"}
        for f in manifest["files"]:
            names.add(f["name"])
            digest = hashlib.sha256()
            with open(f["name"], "rb") as file:
                for part in iter(lambda: file.read(1 << 20), b""): digest.update(part)
            assert digest.hexdigest() == f["sha256"] and os.path.getsize(f["name"]) == f["bytes"], f["name"] + " was changed"

        # 2. The leaves have the root that the checkpoint states (RFC 6962); with a range proof, the leaves of a range.
        text = open("checkpoint", encoding="utf-8").read().split("\n\n")[0] + "\n"
        origin, size, root = text.splitlines()[0], int(text.splitlines()[1]), b64(text.splitlines()[2])
        start, end, outside = 0, size, []
        for name in names:
            if name.endswith(".range-proof"):
                head = open(name, encoding="utf-8").read().split("\n\n")[0].split("\n")
                start, end, outside = int(head[1].split()[1]), int(head[1].split()[2]), [b64(h) for h in head[2:]]

        def opened():
            # 3. Each disclosed field opens a commitment of its leaf.
            rows = (json.loads(line) for line in open("disclosures.ndjson", encoding="utf-8"))
            row = next(rows, None)
            for index, line in enumerate(open("leaves.ndjson", "rb"), start):
                assert line.endswith(b"\n"), "the last leaf has no newline"
                if row and row["index"] == index:
                    commitments = set(json.loads(line)["sd"].values())
                    for d in row["disclosures"]:
                        digest = base64.urlsafe_b64encode(sha(d.encode())).rstrip(b"=").decode()
                        assert digest in commitments, "a disclosure of leaf %d was changed" % index
                    row = next(rows, None)
                yield line[:-1]
            assert row is None, "disclosures of leaves that are not there"

        leaves, hashes = opened(), iter(outside)
        def fold(low, high):
            if low >= end or (high <= start and (high - low) & (high - low - 1) == 0): return next(hashes)
            if high - low == 1: return sha(b"\x00" + next(leaves))
            half = 1 << (high - low - 1).bit_length() - 1
            left = fold(low, low + half)
            return node(left, fold(low + half, high))
        assert fold(0, size) == root, "the leaves do not have the root of the checkpoint"
        assert next(leaves, None) is None and next(hashes, None) is None, "there are more leaves or hashes than the range has"
        print("leaves %d to %d of %d have the signed root %s" % (start, end - 1, size, base64.b64encode(root).decode()))

        # 4. For openssl: what was signed, the signature and the key, of the checkpoint, its witnesses and the manifest.
        os.makedirs("signed", exist_ok=True)
        def lay_out(name, text, lines, keys):
            found = 0
            for key in keys:
                key_name, key_id, key_bytes = key.split("+", 2)
                kind, public = b64(key_bytes)[0], b64(key_bytes)[1:]
                for line in lines:
                    dash, by, signature = line.split(" ")
                    raw = b64(signature)
                    if by != key_name or raw[:4].hex() != key_id: continue
                    body, raw = text, raw[4:]
                    if kind == 4:
                        body, raw = "cosignature/v1\ntime %d\n" % struct.unpack(">Q", raw[:8])[0] + text, raw[8:]
                    path = "signed/%s-%s" % (name, key_id)
                    open(path + ".text", "wb").write(body.encode())
                    open(path + ".sig", "wb").write(raw)
                    pem = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + public).decode()
                    open(path + ".pem", "w").write("-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % pem)
                    found += 1
            return found
        keys = sys.argv[1:] or open("log.vkey", encoding="utf-8").read().split("\n")[:-1]
        lines = open("checkpoint", encoding="utf-8").read().rsplit("\n\n", 1)[1].split("\n")[:-1]
        assert lay_out("checkpoint", text, lines, keys), "no key of yours signed the checkpoint"
        lay_out("witness", text, lines, open("witness.vkey", encoding="utf-8").read().split("\n")[:-1])
        unsigned = {k: v for k, v in manifest.items() if k != "signatures"}
        canonical = json.dumps(unsigned, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        lay_out("manifest", "opsconsole/evidence@v1\n%s\n%s\n" % (origin, hashlib.sha256(canonical).hexdigest()), manifest["signatures"], keys)
        """";

    private const string Shell = """
        for text in signed/*.text; do
          one=${text%.text}
          openssl pkeyutl -verify -pubin -inkey "$one.pem" -rawin -in "$text" -sigfile "$one.sig" || echo "NOT SIGNED: $one"
        done
        """;

    private const string Go = """
        package main

        import (
        	"bytes"
        	"fmt"
        	"log"
        	"os"

        	"golang.org/x/mod/sumdb/note"
        	"golang.org/x/mod/sumdb/tlog"
        )

        func main() {
        	read := func(name string) []byte {
        		data, err := os.ReadFile(name)
        		if err != nil {
        			log.Fatal(err)
        		}
        		return data
        	}
        	var verifiers []note.Verifier
        	for _, key := range os.Args[1:] {
        		verifier, err := note.NewVerifier(key)
        		if err != nil {
        			log.Fatal(err)
        		}
        		verifiers = append(verifiers, verifier)
        	}
        	signed, err := note.Open(read("checkpoint"), note.VerifierList(verifiers...))
        	if err != nil {
        		log.Fatal(err)
        	}
        	lines := bytes.Split([]byte(signed.Text), []byte("\n"))
        	root, err := tlog.ParseHash(string(lines[2]))
        	if err != nil {
        		log.Fatal(err)
        	}
        	var stored []tlog.Hash
        	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
        		out := make([]tlog.Hash, len(indexes))
        		for i, at := range indexes {
        			out[i] = stored[at]
        		}
        		return out, nil
        	})
        	leaves := bytes.Split(bytes.TrimSuffix(read("leaves.ndjson"), []byte("\n")), []byte("\n"))
        	for i, leaf := range leaves {
        		more, err := tlog.StoredHashes(int64(i), leaf, reader)
        		if err != nil {
        			log.Fatal(err)
        		}
        		stored = append(stored, more...)
        	}
        	got, err := tlog.TreeHash(int64(len(leaves)), reader)
        	if err != nil || fmt.Sprint(len(leaves)) != string(lines[1]) || got != root {
        		log.Fatal("the leaves are not those of the checkpoint ", err)
        	}
        	fmt.Println(len(leaves), "leaves have the root", got, "which", signed.Sigs[0].Name, "signed")
        }
        """;

    /// <summary>The file.</summary>
    public static string Markdown(EvidenceManifest manifest)
    {
        var isWhole = manifest.Range.From == 0 && manifest.Range.To == manifest.TreeSize;
        return string.Create(CultureInfo.InvariantCulture, $"""
            # How to verify this bundle

            It holds {(isWhole ? $"all {manifest.TreeSize} leaves" : $"the leaves {manifest.Range.From} to {manifest.Range.To - 1}, of {manifest.TreeSize},")} of the log `{manifest.Log}`, and discloses {manifest.Counts.Disclosed} events of them.
            Nothing below uses a program of those who made it. You need Python 3 and OpenSSL 3; Go is a second opinion.

            **First the key.** Whoever made this bundle also put `log.vkey` into it. Get the log's verifier key (one line, `name+hash+base64`)
            another way: from the auditee's documentation, from an earlier audit, from a witness. Compare it, and use yours below in the place of KEY.

            | file | what it is |
            |---|---|
            | `checkpoint` | size and root of the log, signed (C2SP tlog-checkpoint), with the witnesses' cosignatures |
            | `log.vkey`, `witness.vkey` | verifier keys (C2SP signed-note), one a line |
            | `leaves.ndjson` | the leaves, byte for byte, one a line; the leaf's hash is SHA-256(00 ‖ line without its newline) |
            | `disclosures.ndjson` | for each disclosed event its index and what opens its commitments (RFC 9901, section 4.2) |
            | `proofs/` | `.tlog-proof` (C2SP) of single events; `.range-proof` of the range; `.consistency` since the older `.checkpoint` of the same name |
            | `manifest.json` | filter, range, counts, who, when, and the hash of every other file; signed |
            | `report.html` | the events for reading; it proves nothing by itself |

            ## With Python and OpenSSL

            Unzip the bundle into an empty folder, save this as `check.py` in it, and run `python3 check.py KEY` there. It stops with an error at the first thing
            that is wrong, and lays out the signatures for OpenSSL.

            ```python
            {Python}
            ```

            Then the signatures. Every line must say `Signature Verified Successfully`.

            ```sh
            {Shell}
            ```

            ## With Go{(isWhole ? "" : " (whole logs; this bundle holds a range)")}

            `golang.org/x/mod/sumdb` guards the checksums of Go's modules. Save as `check.go` and run `go run check.go KEY`
            (on Debian with `apt-get install golang-go golang-golang-x-mod-dev` and `GO111MODULE=off GOPATH=/usr/share/gocode`).

            ```go
            {Go}
            ```

            ## What you know then

            - The leaves are exactly those that the holder of the key signed: none changed, left out, added or moved.
            - Each disclosed field is what was recorded.{(manifest.Filter is null ? "" : " Every other event of the range is there as well, without its personal fields: apply the filter of `manifest.json` to the leaves, and you find the disclosed ones and no more. `opsconsole verify` does that.")}
            - With a cosignature: at its time, the witness had seen this log grow to here, and never another version of it.
            - With a checkpoint that you kept from before: compare it with the one in `proofs/`. If yours is not there, ask for a proof from yours.

            What no bundle proves: that an event is true, what was taken away before it was sealed (seconds, as a rule), and that there is no second
            version of the log if somebody holds both the log's key and its witnesses' keys.

            """).ReplaceLineEndings("\n");
    }
}
