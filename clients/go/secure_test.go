package tandem_test

import (
	"os"
	"strings"
	"testing"
	"time"

	tandem "tandem.dev/client"
)

// secureServer is a server with TLS that asks for a key.
func secureServer(t *testing.T) (address string, key, trust tandem.Option) {
	t.Helper()
	address = os.Getenv("TANDEM_SECURE_ADDRESS")
	if address == "" {
		t.Skip("TANDEM_SECURE_ADDRESS names no server with TLS and keys; TANDEM_SECURE_KEY and TANDEM_CA belong to it")
	}
	return address, tandem.WithAPIKey(os.Getenv("TANDEM_SECURE_KEY")), tandem.WithCA(os.Getenv("TANDEM_CA"))
}

func TestAKeyOverTLS(t *testing.T) {
	address, key, trust := secureServer(t)
	text, _ := read(t, newClient(t, address, key, trust), capital())
	if !strings.Contains(text, "Paris") {
		t.Error(text)
	}
}

func TestWithoutAGoodKey(t *testing.T) {
	address, _, trust := secureServer(t)
	for key, reason := range map[string]string{"": "unauthenticated", "tdm_wrong": "invalid_credentials"} {
		_, err := newClient(t, address, trust, tandem.WithAPIKey(key)).Chat(t.Context(), capital())
		if failed := failure(t, err); failed.Status() != "UNAUTHENTICATED" || failed.Reason != reason {
			t.Errorf("%q: %v", key, err)
		}
	}
}

func TestAServerThatIsNotTrusted(t *testing.T) {
	address, key, _ := secureServer(t)
	client := newClient(t, address, key, tandem.WithTLS(nil), tandem.WithRetry(tandem.NoRetry()))
	_, err := client.Chat(within(t, 20*time.Second), capital())
	if failed := failure(t, err); failed.Status() != "UNAVAILABLE" || !strings.Contains(err.Error(), "certificate") {
		t.Error(err)
	}
}
