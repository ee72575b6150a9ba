package tandem_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	tested = regexp.MustCompile("(?s)<!-- tested: (\\w+) -->\n```go\n(.*?)```")
	says   = map[string]string{
		"quickstart": "Paris",
		"extract":    "Ada.* 1815",
		"errors":     `INVALID_ARGUMENT validation_failed req_\w+\ntemperature Must be from 0 to 2\.`,
	}
)

// The README's programs run word for word but for the server's address.
func TestTheProgramsOfTheReadme(t *testing.T) {
	address := openServer(t)
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	programs := tested.FindAllStringSubmatch(string(readme), -1)
	if len(programs) != len(says) {
		t.Fatalf("%d programs, %d expectations", len(programs), len(says))
	}
	for _, each := range programs {
		t.Run(each[1], func(t *testing.T) {
			said := run(t, strings.ReplaceAll(each[2], "127.0.0.1:8080", address))
			if !regexp.MustCompile(says[each[1]]).MatchString(said) {
				t.Error(said)
			}
		})
	}
}

// run runs a program as a file of this module, whose imports it has.
func run(t *testing.T, program string) string {
	t.Helper()
	if err := os.MkdirAll("target", 0o755); err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("target", "readme")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "main.go")
	if err := os.WriteFile(file, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("go", "run", "./"+folder).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return string(said)
}
