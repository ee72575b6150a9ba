package dev.tandem.runtime.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int WINDOW = 1000;

    private final Inbox inbox = new Inbox(WINDOW);

    @Test
    void theWindowIsGivenBackWhenHalfOfItWasTaken() throws Exception {
        assertThat(inbox.offer(new byte[400], 400, false)).isEqualTo(400);
        assertThat(inbox.take()).hasSize(400);
        assertThat(inbox.windowUpdate()).isZero();
        assertThat(inbox.offer(new byte[200], 200, false)).isEqualTo(200);
        assertThat(inbox.windowUpdate()).isZero();
        assertThat(inbox.take()).hasSize(200);
        assertThat(inbox.windowUpdate()).isEqualTo(600);
        assertThat(inbox.windowUpdate()).isZero();
    }

    @Test
    void paddingCountsAndIsGivenBack() throws Exception {
        assertThat(inbox.offer(new byte[300], 556, false)).isEqualTo(300);
        assertThat(inbox.take()).hasSize(300);
        assertThat(inbox.windowUpdate()).isEqualTo(556);
    }

    @Test
    void moreThanTheWindowIsRefused() {
        assertThat(inbox.offer(new byte[WINDOW], WINDOW, false)).isEqualTo(WINDOW);
        assertThat(inbox.offer(new byte[1], 1, false)).isEqualTo(-1);
    }

    @Test
    void theEndComesAfterTheBytesAndStays() throws Exception {
        assertThat(inbox.offer(new byte[3], 3, true)).isEqualTo(3);
        assertThat(inbox.take()).hasSize(3);
        assertThat(inbox.take()).isEmpty();
        assertThat(inbox.take()).isEmpty();
    }

    @Test
    void aClosedInboxTakesAndGivesNothing() throws Exception {
        assertThat(inbox.offer(new byte[3], 3, false)).isEqualTo(3);
        assertThat(inbox.close()).isEqualTo(3);
        assertThat(inbox.take()).isNull();
        assertThat(inbox.offer(new byte[3], 3, false)).isZero();
        assertThat(inbox.close()).isZero();
    }

    @Test
    void bytesAreHandedOutInPieces() throws Exception {
        Inbox large = new Inbox(100_000);
        assertThat(large.offer(new byte[40_000], 40_000, true)).isEqualTo(40_000);
        assertThat(large.take()).hasSize(Inbox.CHUNK);
        assertThat(large.take()).hasSize(40_000 - Inbox.CHUNK);
    }
}
