package main

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// bundle is an evidence bundle: checkpoint, log.vkey, witness.vkey if there are witnesses, leaves.ndjson, proofs/.
type bundle struct {
	files  fs.FS
	log    []note.Verifier
	signed *checkpoint
	leaves [][]byte
	// start is the index of the first leaf: 0 unless there is a range proof.
	start int64
	found []string
}

func checkBundle(path, trusted string) (string, error) {
	files, closing, err := openFiles(path)
	if err != nil {
		return "", err
	}
	defer closing()
	b := &bundle{files: files}
	if err := b.open(trusted); err != nil {
		return "", err
	}
	for _, check := range []func() error{b.checkLeaves, b.checkProofs, b.checkConsistency} {
		if err := check(); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%s of %s: %s", plural(b.signed.tree.N, "entry", "entries"), b.signed.origin, strings.Join(b.found, ", ")), nil
}

func openFiles(path string) (fs.FS, func(), error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return os.DirFS(path), func() {}, nil
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, refuse("the zip cannot be read: %v", err)
	}
	return archive, func() { archive.Close() }, nil
}

func (b *bundle) open(trusted string) error {
	vkeys, err := b.read("log.vkey")
	if err != nil {
		return err
	}
	if b.log, err = parseKeys(string(vkeys)); err != nil {
		return refusal{err}
	}
	if trusted != "" {
		// The keys of the bundle prove nothing by themselves: only the one that the auditor brought counts.
		if b.log, err = parseKeys(trusted); err != nil {
			return err
		}
	}
	var cosigners []note.Verifier
	witnesses, err := b.read("witness.vkey")
	if err != nil && !missing(err) {
		return err
	}
	if cosigners, err = parseKeys(string(witnesses)); err != nil {
		return refusal{err}
	}
	data, err := b.read("checkpoint")
	if err != nil {
		return err
	}
	if b.signed, err = openCheckpoint(data, b.log, cosigners); err != nil {
		return err
	}
	b.found = append(b.found, plural(int64(len(b.signed.note.Sigs)), "signature", "signatures"))
	text, err := b.read("leaves.ndjson")
	if err != nil {
		return err
	}
	b.leaves, err = splitLeaves(text)
	return err
}

// checkLeaves recomputes the root from all leaves, or from those of a range and its proof.
func (b *bundle) checkLeaves() error {
	names, err := fs.Glob(b.files, "proofs/*.range-proof")
	if err != nil || len(names) > 1 {
		return refuse("%d range proofs", len(names))
	}
	if len(names) == 1 {
		data, err := b.read(names[0])
		if err != nil {
			return err
		}
		proof, err := parseRange(data, b.log)
		if err != nil {
			return err
		}
		if proof.tree != b.signed.tree {
			return refuse("%s is of another checkpoint", names[0])
		}
		b.start = proof.start
		b.found = append(b.found, fmt.Sprintf("all leaves from %d to before %d", proof.start, proof.end))
		return proof.check(b.leaves)
	}
	if int64(len(b.leaves)) != b.signed.tree.N {
		return refuse("%d leaves of %d, and no range proof", len(b.leaves), b.signed.tree.N)
	}
	root, _, err := treeOf(b.leaves)
	if err != nil {
		return err
	}
	if root != b.signed.tree.Hash {
		return refuse("the leaves give the root %v, the checkpoint says %v", root, b.signed.tree.Hash)
	}
	b.found = append(b.found, "all leaves")
	return nil
}

func (b *bundle) checkProofs() error {
	names, err := fs.Glob(b.files, "proofs/*.tlog-proof")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := b.read(name)
		if err != nil {
			return err
		}
		proof, err := parseInclusion(data, b.log, nil)
		if err != nil {
			return refuse("%s: %v", name, err)
		}
		place := proof.index - b.start
		if place < 0 || place >= int64(len(b.leaves)) {
			return refuse("%s is of entry %d, which the bundle does not hold", name, proof.index)
		}
		if err := proof.check(b.leaves[place]); err != nil {
			return refuse("%s: %v", name, err)
		}
	}
	b.found = append(b.found, plural(int64(len(names)), "inclusion proof", "inclusion proofs"))
	return nil
}

// checkConsistency checks each proofs/X.consistency with proofs/X.checkpoint, the older checkpoint.
func (b *bundle) checkConsistency() error {
	names, err := fs.Glob(b.files, "proofs/*.consistency")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := b.read(name)
		if err != nil {
			return err
		}
		older, err := b.read(strings.TrimSuffix(name, ".consistency") + ".checkpoint")
		if err != nil {
			return err
		}
		from, to, err := consistent(older, data, b.log)
		if err != nil {
			return refuse("%s: %v", name, err)
		}
		if to.tree != b.signed.tree || to.origin != b.signed.origin {
			return refuse("%s leads to another checkpoint", name)
		}
		b.found = append(b.found, fmt.Sprintf("consistent since %d", from.tree.N))
	}
	return nil
}

func (b *bundle) read(name string) ([]byte, error) {
	data, err := fs.ReadFile(b.files, name)
	if err != nil && !missing(err) {
		// A zip whose content does not fit its checksum.
		return nil, refuse("%s: %v", name, err)
	}
	if err != nil && name != "witness.vkey" {
		return nil, refuse("the bundle has no %s", name)
	}
	return data, err
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
