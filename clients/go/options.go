package tandem

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"connectrpc.com/connect"
)

// Option is a setting of a client.
type Option func(*settings) error

// TokenSource makes the key or token of a call.
type TokenSource func(ctx context.Context) (string, error)

// Protocol is how calls travel.
type Protocol int

const (
	// GRPC is HTTP/2 with trailers. It is the default.
	GRPC Protocol = iota
	// GRPCWeb passes through proxies that know no trailers.
	GRPCWeb
	// Connect is the protocol of connectrpc.com.
	Connect
)

type settings struct {
	token        TokenSource
	tls          *tls.Config
	retry        Retry
	protocol     Protocol
	pingEvery    time.Duration
	answerWithin time.Duration
}

func defaults() settings {
	return settings{retry: DefaultRetry(), pingEvery: 30 * time.Second, answerWithin: 10 * time.Second}
}

// WithAPIKey shows a key with every call.
func WithAPIKey(key string) Option {
	return WithTokenSource(func(context.Context) (string, error) { return key, nil })
}

// WithTokenSource shows a token that is made anew for each call, as one that expires.
func WithTokenSource(source TokenSource) Option {
	return func(s *settings) error {
		s.token = source
		return nil
	}
}

// WithTLS speaks TLS; nil stands for the authorities that the system trusts.
func WithTLS(config *tls.Config) Option {
	return func(s *settings) error {
		if config == nil {
			config = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		s.tls = config.Clone()
		return nil
	}
}

// WithCA speaks TLS with a server whose certificate the authorities in a PEM file have signed.
func WithCA(file string) Option {
	return func(s *settings) error {
		pem, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("tandem: the file of authorities cannot be read: %w", err)
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(pem) {
			return fmt.Errorf("tandem: %s has no certificate in PEM", file)
		}
		return WithTLS(&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12})(s)
	}
}

// WithRetry sets how failed calls are made again.
func WithRetry(retry Retry) Option {
	return func(s *settings) error {
		if retry.Attempts < 1 {
			return errors.New("tandem: a call is made once at least; set Attempts to 1 to switch retries off")
		}
		if min(retry.FirstWait, retry.LongestWait, retry.Patience) < 0 || min(retry.Budget, retry.Refill) < 0 {
			return errors.New("tandem: waits, budget and refill of a Retry must not be negative; begin with DefaultRetry()")
		}
		s.retry = retry
		return nil
	}
}

// WithKeepalive sets when a silent connection is asked by PING whether it lives, 30 s by default, and how long it may take to answer, 10 s
// by default. So proxies keep quiet streams, and a server that died is noticed.
func WithKeepalive(every, answerWithin time.Duration) Option {
	return func(s *settings) error {
		s.pingEvery, s.answerWithin = every, answerWithin
		return nil
	}
}

// WithProtocol chooses how calls travel.
func WithProtocol(protocol Protocol) Option {
	return func(s *settings) error {
		s.protocol = protocol
		return nil
	}
}

func (s settings) transport() *http.Transport {
	protocols := new(http.Protocols)
	if s.tls == nil {
		protocols.SetUnencryptedHTTP2(true)
	} else {
		protocols.SetHTTP2(true)
	}
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:     s.tls,
		TLSHandshakeTimeout: 10 * time.Second,
		IdleConnTimeout:     90 * time.Second,
		Protocols:           protocols,
		HTTP2:               &http.HTTP2Config{SendPingTimeout: s.pingEvery, PingTimeout: s.answerWithin},
	}
}

func (s settings) connect() []connect.ClientOption {
	switch s.protocol {
	case GRPCWeb:
		return []connect.ClientOption{connect.WithGRPCWeb()}
	case Connect:
		return nil
	default:
		return []connect.ClientOption{connect.WithGRPC()}
	}
}
