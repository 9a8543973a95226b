// An adapter for a function in Go, with encoding/json. In your module, copy it to cmd/pycache-adapter/main.go:
//
//	go build -o pycache-adapter ./cmd/pycache-adapter
//	npx pycache-spec check -- ./pycache-adapter
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path"
	"strings"
)

// cachePath is the function to check: call your own instead, and describe its domain below.
func cachePath(source, tag string, level int) (string, error) {
	dir, file := path.Split(source)
	stem := strings.TrimSuffix(file, path.Ext(file))
	if stem == "" {
		return "", fmt.Errorf("%q names no module", source)
	}
	name := stem + "." + tag
	if level > 0 {
		name += fmt.Sprintf(".opt-%d", level)
	}
	return path.Join(dir, "__pycache__", name+".pyc"), nil
}

// "python" and "platform" are the CPython release and the platform whose paths the function computes.
// The domain suits a build system: normalized relative paths of .py files.
const hello = `{
	"protocol": 1, "implementation": {"name": "my tool", "version": "1.0", "language": "Go"},
	"python": "3.13.0", "platform": "posix",
	"supports": ["optimization", "cache_tag"], "fixed": {"optimize": 0},
	"domain": {
		"path": {"suffixes": [".py"], "form": "relative", "normalized": true},
		"optimization": [null, "", 1, 2],
		"cache_tag": ["cpython-312", "cpython-313", "cpython-314", "pypy311"],
		"characters": "text"
	}
}`

type call struct {
	Args   []string
	Kwargs map[string]any
	Env    map[string]any
}

// outcome returns the outcome of a call.
func outcome(c call) map[string]string {
	// Without optimization, Python gets null or the empty text, and the function gets 0.
	level, _ := c.Kwargs["optimization"].(float64)
	tag, _ := c.Env["cache_tag"].(string)
	result, err := cachePath(c.Args[0], tag, int(level))
	if err != nil {
		// Errors that Python also raises must have Python's name.
		return map[string]string{"raise": "ValueError"}
	}
	return map[string]string{"return": result}
}

// The protocol: one line per request, and one line per reply. A line may exceed the limit of bufio.Scanner.
func main() {
	requests, replies := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var request struct {
			Op    string
			Seq   int
			Calls []call
		}
		if err := requests.Decode(&request); err == io.EOF || request.Op == "bye" {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		var reply any = json.RawMessage(hello)
		if request.Op == "call" {
			outcomes := []map[string]string{}
			for _, c := range request.Calls {
				outcomes = append(outcomes, outcome(c))
			}
			reply = map[string]any{"seq": request.Seq, "outcomes": outcomes}
		}
		if err := replies.Encode(reply); err != nil {
			log.Fatal(err)
		}
	}
}
