package dev.tandem.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.doctor.Finding;
import dev.tandem.gateway.doctor.Finding.Verdict;
import dev.tandem.gateway.doctor.RedisCheck;
import dev.tandem.redis.RedisSettings;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Programs;
import dev.tandem.testtools.Running;
import dev.tandem.testtools.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tandem doctor} finds of a real Redis with TLS and a password. */
@TestInstance(Lifecycle.PER_CLASS)
class RedisCheckTest {
    private final int port = Ports.free();

    private Path folder;
    private Running redis;

    @BeforeAll
    void start(@TempDir Path files) {
        folder = files;
        Programs.needs("redis-server");
        SelfSigned.in(folder, "redis");
        redis =
                Command.of(
                                "redis-server",
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--port",
                                "0",
                                "--tls-port",
                                String.valueOf(port),
                                "--tls-cert-file",
                                "redis.pem",
                                "--tls-key-file",
                                "redis.key",
                                "--tls-auth-clients",
                                "no",
                                "--requirepass",
                                "hunter2")
                        .in(folder)
                        .start();
        Ports.await(port, redis);
    }

    @AfterAll
    void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    private Finding look(String host, Path authority) {
        return RedisCheck.look(settings(host).withAuthority(authority));
    }

    private RedisSettings settings(String host) {
        return RedisSettings.of("rediss://:hunter2@" + host + ":" + port);
    }

    @Test
    void itAnswersToWhoTrustsItsAuthority() {
        Finding finding = look("localhost", folder.resolve("redis.pem"));

        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.OK);
        assertThat(finding.found()).isEqualTo("localhost:" + port + " answers.");
    }

    @Test
    void withoutItsAuthorityItIsNotTrusted() {
        Finding finding = RedisCheck.look(settings("localhost"));

        assertThat(finding.verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(finding.found()).contains("TLS that can be trusted").doesNotContain("hunter2");
        assertThat(finding.advice()).contains("TANDEM_REDIS_CA");
    }

    @Test
    void anotherNameIsNotTrusted() {
        Finding finding = look("127.0.0.1", folder.resolve("redis.pem"));

        assertThat(finding.verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(finding.advice()).contains("the name 127.0.0.1");
    }

    @Test
    void aFileThatIsNoCertificateIsTold() throws Exception {
        Finding finding =
                look(
                        "localhost",
                        Files.writeString(
                                folder.resolve("x.pem"), "-----BEGIN CERTIFICATE-----\nx"));

        assertThat(finding.verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(finding.found()).contains("x.pem");
        assertThat(finding.advice()).contains("TANDEM_REDIS_CA");
    }

    @Test
    void withoutTlsItSaysNothing() {
        Finding finding = RedisCheck.look(RedisSettings.of("redis://localhost:" + port));

        assertThat(finding.verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(finding.advice()).contains("TANDEM_REDIS_URL");
    }
}
