// Command sumdb checks what the audit trail writes with code that is not the console's: notes, hashes and proofs are those of
// golang.org/x/mod/sumdb, which guards Go's module checksums. What this file adds is the reading of C2SP's texts around them.
//
// Exit code 0: verified. 1: refused, with the reason. 2: could not run.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
)

const usage = `usage:
  sumdb note VKEY FILE                        a signed note
  sumdb proof VKEY PROOF LEAF [WITNESS…]      a .tlog-proof, the bytes of its leaf, vkeys of witnesses that must have cosigned
  sumdb consistency VKEY OLDER CONSISTENCY    an older checkpoint, and the file that proves that the log merely grew
  sumdb range VKEY PROOF LEAVES               a range proof, and its leaves, one a line
  sumdb tiles VKEY URL [INDEX…]               a log served as C2SP tlog-tiles: its tiles, entries and these leaves;
                                              TLOG_TOKEN in the environment is sent as a bearer token
  sumdb bundle ZIP-OR-FOLDER [VKEY]           an evidence bundle, whole; VKEY, if given, must be the log's
`

// refusal is a verdict, not a failure to run.
type refusal struct{ error }

func refuse(format string, args ...interface{}) error { return refusal{fmt.Errorf(format, args...)} }

func main() {
	verdict, err := run(os.Args[1:])
	var refused refusal
	switch {
	case err == nil:
		fmt.Println("verified:", verdict)
	case errors.As(err, &refused):
		fmt.Println("refused:", err)
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(args []string) (string, error) {
	if len(args) < 2 {
		return "", errors.New(usage)
	}
	rest := args[1:]
	switch command := args[0]; {
	case command == "note" && len(rest) == 2:
		return checkNote(rest[0], rest[1])
	case command == "proof" && len(rest) >= 3:
		return checkProof(rest[0], rest[1], rest[2], rest[3:])
	case command == "consistency" && len(rest) == 3:
		return checkConsistency(rest[0], rest[1], rest[2])
	case command == "range" && len(rest) == 3:
		return checkRange(rest[0], rest[1], rest[2])
	case command == "tiles" && len(rest) >= 2:
		var indices []int64
		for _, text := range rest[2:] {
			index, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return "", err
			}
			indices = append(indices, index)
		}
		return checkTiles(rest[0], rest[1], indices)
	case command == "bundle" && len(rest) <= 2:
		trusted := ""
		if len(rest) == 2 {
			trusted = rest[1]
		}
		return checkBundle(rest[0], trusted)
	}
	return "", errors.New(usage)
}

func checkNote(vkey, file string) (string, error) {
	keys, err := parseKeys(vkey)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	opened, err := openNote(data, keys)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("signed by %s", opened.Sigs[0].Name), nil
}

func checkProof(vkey, file, leafFile string, witnesses []string) (string, error) {
	log, err := parseKeys(vkey)
	if err != nil {
		return "", err
	}
	cosigners, err := parseKeys(witnesses...)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	leaf, err := os.ReadFile(leafFile)
	if err != nil {
		return "", err
	}
	proof, err := parseInclusion(data, log, cosigners)
	if err != nil {
		return "", err
	}
	if err := proof.check(leaf); err != nil {
		return "", err
	}
	return fmt.Sprintf("the leaf is entry %d of the %d that %s signed", proof.index, proof.tree.N, proof.origin), nil
}

func checkConsistency(vkey, olderFile, file string) (string, error) {
	log, err := parseKeys(vkey)
	if err != nil {
		return "", err
	}
	older, err := os.ReadFile(olderFile)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	from, to, err := consistent(older, data, log)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the log merely grew from %d to %d entries", from.tree.N, to.tree.N), nil
}

func checkRange(vkey, file, leavesFile string) (string, error) {
	log, err := parseKeys(vkey)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(leavesFile)
	if err != nil {
		return "", err
	}
	leaves, err := splitLeaves(text)
	if err != nil {
		return "", err
	}
	proof, err := parseRange(data, log)
	if err != nil {
		return "", err
	}
	if err := proof.check(leaves); err != nil {
		return "", err
	}
	return fmt.Sprintf("these are all entries from %d to before %d of %d", proof.start, proof.end, proof.tree.N), nil
}

func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
