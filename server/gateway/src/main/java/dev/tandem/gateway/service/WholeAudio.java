package dev.tandem.gateway.service;

import com.google.protobuf.ByteString;
import dev.tandem.v1.AudioAnswer;
import dev.tandem.v1.AudioDelta;

/** The spoken answer of a choice, growing delta by delta. */
final class WholeAudio {
    private final AudioAnswer.Builder whole = AudioAnswer.newBuilder();
    private final StringBuilder transcript = new StringBuilder();
    private ByteString data = ByteString.EMPTY;

    void add(AudioDelta delta) {
        if (delta.hasId()) {
            whole.setId(delta.getId());
        }
        if (delta.hasExpiresAt()) {
            whole.setExpiresAt(delta.getExpiresAt());
        }
        data = data.concat(delta.getData()); // a rope: nothing is copied
        transcript.append(delta.getTranscript());
    }

    AudioAnswer toMessage() {
        return whole.clone().setData(data).setTranscript(transcript.toString()).build();
    }
}
