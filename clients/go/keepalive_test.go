package tandem_test

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"connectrpc.com/connect"

	tandem "tandem.dev/client"
	tandemv1 "tandem.dev/client/gen/tandem/v1"
)

// ping is the length of an HTTP/2 PING.
const ping = 17

// between stands between a client and its server.
type between struct {
	listener net.Listener
	near     chan net.Conn
	// sent has the length of each piece that the client sends.
	sent chan int
}

func inFrontOf(t *testing.T, server string) *between {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	proxy := &between{listener: listener, near: make(chan net.Conn, 10), sent: make(chan int, 1000)}
	t.Cleanup(func() { _ = listener.Close() })
	go proxy.accept(server)
	return proxy
}

func (b *between) address() string {
	return b.listener.Addr().String()
}

// cut closes the oldest connection.
func (b *between) cut() {
	select {
	case connection := <-b.near:
		_ = connection.Close()
	default:
	}
}

func (b *between) accept(server string) {
	for {
		near, err := b.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", server)
		if err != nil {
			_ = near.Close()
			continue
		}
		b.near <- near
		go func() {
			_, _ = io.Copy(near, far)
			_ = near.Close()
		}()
		go func() {
			_, _ = io.Copy(far, io.TeeReader(near, b))
			_ = far.Close()
		}()
	}
}

// Write counts.
func (b *between) Write(piece []byte) (int, error) {
	select {
	case b.sent <- len(piece):
	default:
	}
	return len(piece), nil
}

// quiet sends a message and a piece of the next one, and nothing more.
func quiet(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/grpc")
	_, _ = w.Write([]byte{0, 0, 0, 0, 3, 10, 1, 'a', 0, 0})
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func TestAQuietStreamIsKeptByPings(t *testing.T) {
	proxy := inFrontOf(t, serve(t, http.HandlerFunc(quiet)))
	client := newClient(t, proxy.address(), tandem.WithKeepalive(20*time.Millisecond, 10*time.Second))
	for chunk, err := range client.Stream(within(t, 20*time.Second), &tandemv1.ChatRequest{}) {
		if err != nil || chunk.GetId() != "a" {
			t.Fatal(chunk, err)
		}
		for pings := 0; pings < 10; {
			select {
			case length := <-proxy.sent:
				if length == ping {
					pings++
				}
			case <-time.After(10 * time.Second):
				t.Fatal("no PING came")
			}
		}
		break
	}
}

func TestACutStreamIsUnavailable(t *testing.T) {
	proxy := inFrontOf(t, serve(t, http.HandlerFunc(quiet)))
	come := ""
	var last error
	for chunk, err := range fastClient(t, proxy.address()).Stream(t.Context(), &tandemv1.ChatRequest{}) {
		come += chunk.GetId()
		last = err
		proxy.cut()
	}
	if failed := failure(t, last); come != "a" || failed.Code != connect.CodeUnavailable {
		t.Error(come, last)
	}
}

func TestASilentServerIsGivenUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	impatient := tandem.WithKeepalive(50*time.Millisecond, 50*time.Millisecond)
	client := newClient(t, listener.Addr().String(), impatient, tandem.WithRetry(tandem.NoRetry()))
	_, err = client.Chat(within(t, 20*time.Second), &tandemv1.ChatRequest{})
	if failed := failure(t, err); failed.Code != connect.CodeUnavailable {
		t.Error(err)
	}
}
