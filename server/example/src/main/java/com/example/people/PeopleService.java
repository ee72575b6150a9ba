package com.example.people;

import com.example.people.v1.AddRequest;
import com.example.people.v1.ExtractRequest;
import com.example.people.v1.FindRequest;
import com.example.people.v1.LearnRequest;
import com.example.people.v1.LearnResponse;
import com.example.people.v1.ListRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import com.example.people.v1.RemoveRequest;
import com.example.people.v1.SetPortraitRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import dev.tandem.runtime.background.Background;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers the methods of {@code people.v1.People}. */
final class PeopleService {
    private static final ByteString PNG = ByteString.fromHex("89504e470d0a1a0a");
    private static final ByteString JPEG = ByteString.fromHex("ffd8ff");

    private static final Duration LEARNING = Duration.ofMinutes(2);

    private final Directory directory;
    private final Extractor extractor;
    private final Background background;

    PeopleService(Directory directory, Extractor extractor, Background background) {
        this.directory = directory;
        this.extractor = extractor;
        this.background = background;
    }

    Service service() {
        return Service.of(PeopleGrpc.getServiceDescriptor())
                .unary(PeopleGrpc.getFindMethod(), this::find)
                .stream(PeopleGrpc.getListMethod(), this::list)
                .rule(PeopleGrpc.getListMethod(), PeopleService::years, "born_after", "born_before")
                .unary(PeopleGrpc.getAddMethod(), this::add)
                .unary(PeopleGrpc.getSetPortraitMethod(), this::setPortrait)
                .unary(PeopleGrpc.getRemoveMethod(), this::remove)
                .stream(PeopleGrpc.getExtractMethod(), this::extract)
                .unary(PeopleGrpc.getLearnMethod(), this::learn)
                .build();
    }

    private Person find(FindRequest request, Call call) {
        Person person =
                directory
                        .find(request.getId())
                        .orElseThrow(() -> PeopleErrors.notFound(request.getId()));
        return request.getWithPortrait() ? person : person.toBuilder().clearPortrait().build();
    }

    private void list(ListRequest request, Sink<Person> sink, Call call) {
        directory.everybody().stream()
                .filter(asked(request))
                .map(person -> person.toBuilder().clearPortrait().build())
                .forEach(sink::send);
    }

    private static Predicate<Person> asked(ListRequest request) {
        return person ->
                person.getId().startsWith(request.getPrefix())
                        && (!request.hasBornAfter()
                                || (person.hasBorn() && person.getBorn() > request.getBornAfter()))
                        && (!request.hasBornBefore()
                                || (person.hasBorn()
                                        && person.getBorn() < request.getBornBefore()));
    }

    private static List<Violation> years(ListRequest request) {
        boolean possible =
                !request.hasBornAfter()
                        || !request.hasBornBefore()
                        || request.getBornBefore() - (long) request.getBornAfter() > 1;
        return possible
                ? List.of()
                : List.of(
                        new Violation(
                                "born_before",
                                "order",
                                "Must be more than a year later than born_after."));
    }

    private Person add(AddRequest request, Call call) {
        Person.Builder person = Person.newBuilder().setName(request.getName());
        if (request.hasBorn()) {
            person.setBorn(request.getBorn());
        }
        return directory
                .add(person.build())
                .orElseThrow(() -> PeopleErrors.exists(request.getName()));
    }

    private Person setPortrait(SetPortraitRequest request, Call call) {
        ByteString picture = request.getPicture();
        if (!picture.startsWith(PNG) && !picture.startsWith(JPEG)) {
            Violation broken = new Violation("picture", "format", "Must be a PNG or a JPEG.");
            throw ApiError.violations(List.of(broken)).toException();
        }
        return directory
                .portray(request.getId(), picture)
                .orElseThrow(() -> PeopleErrors.notFound(request.getId()));
    }

    private Empty remove(RemoveRequest request, Call call) {
        if (!directory.remove(request.getId())) {
            throw PeopleErrors.notFound(request.getId());
        }
        return Empty.getDefaultInstance();
    }

    private void extract(ExtractRequest request, Sink<Person> sink, Call call)
            throws InterruptedException {
        extractor.people(request.getText(), call.remaining(), sink);
    }

    private LearnResponse learn(LearnRequest request, Call call) {
        background.start(
                call,
                "learn",
                _ ->
                        extractor.people(
                                request.getText(),
                                Optional.of(LEARNING),
                                person -> {
                                    var _ = directory.add(person);
                                }));
        return LearnResponse.newBuilder().setRunning(background.running()).build();
    }
}
