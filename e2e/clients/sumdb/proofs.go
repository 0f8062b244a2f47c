package main

import (
	"bytes"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// inclusion is a C2SP tlog-proof.
type inclusion struct {
	*checkpoint
	index int64
	path  tlog.RecordProof
}

func parseInclusion(data []byte, log, cosigners []note.Verifier) (*inclusion, error) {
	head, hashes, rest, err := splitProof(data, 2)
	if err != nil {
		return nil, err
	}
	if head[0] != "c2sp.org/tlog-proof@v1" {
		return nil, refuse("the file begins with %q", head[0])
	}
	index, err := number(head[1], "index ")
	if err != nil {
		return nil, err
	}
	signed, err := openCheckpoint(rest, log, cosigners)
	if err != nil {
		return nil, err
	}
	return &inclusion{signed, index, hashes}, nil
}

func (p *inclusion) check(leaf []byte) error {
	if p.index >= p.tree.N {
		return refuse("entry %d of %d", p.index, p.tree.N)
	}
	if err := tlog.CheckRecord(p.path, p.tree.N, p.tree.Hash, p.index, tlog.RecordHash(leaf)); err != nil {
		return refuse("entry %d: %v", p.index, err)
	}
	return nil
}

// consistent checks an older checkpoint against a consistency file: "old N", hashes, a newer checkpoint.
func consistent(older, data []byte, log []note.Verifier) (from, to *checkpoint, err error) {
	if from, err = openCheckpoint(older, log, nil); err != nil {
		return nil, nil, err
	}
	head, hashes, rest, err := splitProof(data, 1)
	if err != nil {
		return nil, nil, err
	}
	old, err := number(head[0], "old ")
	if err != nil {
		return nil, nil, err
	}
	if to, err = openCheckpoint(rest, log, nil); err != nil {
		return nil, nil, err
	}
	if old != from.tree.N || from.origin != to.origin {
		return nil, nil, refuse("the proof is from %d entries of %s, the older checkpoint of %d of %s", old, to.origin, from.tree.N, from.origin)
	}
	if old == 0 {
		// Every log begins with nothing: tlog has no proof for it.
		if len(hashes) != 0 || from.tree.Hash != emptyTree {
			return nil, nil, refuse("a proof from nothing has no hashes")
		}
		return from, to, nil
	}
	if old > to.tree.N {
		return nil, nil, refuse("the log shrank from %d to %d", old, to.tree.N)
	}
	if err := tlog.CheckTree(hashes, to.tree.N, to.tree.Hash, old, from.tree.Hash); err != nil {
		return nil, nil, refuse("from %d to %d: %v", old, to.tree.N, err)
	}
	return from, to, nil
}

// leafRange is the console's own range proof: the roots of the largest subtrees outside of [start, end), from left to right.
type leafRange struct {
	*checkpoint
	start, end int64
	hashes     []tlog.Hash
}

func parseRange(data []byte, log []note.Verifier) (*leafRange, error) {
	head, hashes, rest, err := splitProof(data, 2)
	if err != nil {
		return nil, err
	}
	words := strings.Split(head[1], " ")
	if head[0] != "opsconsole/range-proof@v1" || len(words) != 3 || words[0] != "range" {
		return nil, refuse("the file begins with %q and %q", head[0], head[1])
	}
	start, err := number(words[1], "")
	if err != nil {
		return nil, err
	}
	end, err := number(words[2], "")
	if err != nil {
		return nil, err
	}
	signed, err := openCheckpoint(rest, log, nil)
	if err != nil {
		return nil, err
	}
	if start > end || end > signed.tree.N {
		return nil, refuse("the range %d to %d of %d", start, end, signed.tree.N)
	}
	return &leafRange{signed, start, end, hashes}, nil
}

func (r *leafRange) check(leaves [][]byte) error {
	if int64(len(leaves)) != r.end-r.start {
		return refuse("%d leaves for the range from %d to before %d", len(leaves), r.start, r.end)
	}
	rest := r.hashes
	short := false
	var fold func(low, high int64) tlog.Hash
	fold = func(low, high int64) tlog.Hash {
		complete := (high-low)&(high-low-1) == 0
		switch {
		case high <= r.start && complete, low >= r.end:
			if len(rest) == 0 {
				short = true
				return tlog.Hash{}
			}
			hash := rest[0]
			rest = rest[1:]
			return hash
		case high-low == 1:
			return tlog.RecordHash(leaves[low-r.start])
		}
		middle := low + 1
		for (middle-low)*2 < high-low {
			middle += middle - low
		}
		left := fold(low, middle)
		return tlog.NodeHash(left, fold(middle, high))
	}
	root := emptyTree
	if r.tree.N > 0 {
		root = fold(0, r.tree.N)
	}
	if short || len(rest) > 0 || root != r.tree.Hash {
		return refuse("the leaves of the range from %d to before %d are not those of the signed tree", r.start, r.end)
	}
	return nil
}

// emptyTree is SHA-256 of nothing. (tlog.TreeHash(0) gave 32 zeros before golang.org/x/mod v0.19.0.)
var emptyTree = mustHash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")

func mustHash(text string) tlog.Hash {
	hash, err := tlog.ParseHash(text)
	if err != nil {
		panic(err)
	}
	return hash
}

// memory holds hashes as tlog numbers them.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(m)) {
			return nil, refuse("hash %d is beyond the tree", index)
		}
		hashes = append(hashes, m[index])
	}
	return hashes, nil
}

// treeOf builds a tree from its leaves with tlog's own code.
func treeOf(leaves [][]byte) (tlog.Hash, memory, error) {
	var stored memory
	for i, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(i), leaf, stored)
		if err != nil {
			return tlog.Hash{}, nil, err
		}
		stored = append(stored, hashes...)
	}
	if len(leaves) == 0 {
		return emptyTree, stored, nil
	}
	root, err := tlog.TreeHash(int64(len(leaves)), stored)
	return root, stored, err
}

// splitLeaves takes lines that each end in a newline.
func splitLeaves(text []byte) ([][]byte, error) {
	if len(text) == 0 {
		return nil, nil
	}
	if text[len(text)-1] != '\n' {
		return nil, refuse("the last leaf has no newline")
	}
	return bytes.Split(text[:len(text)-1], []byte("\n")), nil
}
