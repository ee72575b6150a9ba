package dev.tandem.testing.guide;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import people.v1.ChangeRequest;
import people.v1.CountResponse;
import people.v1.Echo;
import people.v1.FindRequest;
import people.v1.ListRequest;
import people.v1.PeopleGrpc;
import people.v1.Person;

/** The service that the examples call. */
final class PeopleService {
    private final Directory directory;

    PeopleService(Directory directory) {
        this.directory = directory;
    }

    Service service() {
        return Service.of(PeopleGrpc.getServiceDescriptor())
                .unary(PeopleGrpc.getFindMethod(), this::find)
                .unary(PeopleGrpc.getAddMethod(), (person, call) -> person)
                .stream(PeopleGrpc.getListMethod(), this::list)
                .clientStream(PeopleGrpc.getCountMethod(), PeopleService::count)
                .handler(PeopleGrpc.getIntroduceMethod(), PeopleService::introduce)
                .unary(PeopleGrpc.getChangeMethod(), PeopleService::echo)
                .build();
    }

    private Person find(FindRequest request, Call call) {
        Person person = directory.find(request.getName());
        if (person == null) {
            throw ApiError.ofParam(
                            Code.NOT_FOUND,
                            "person_not_found",
                            "name",
                            "There is nobody of this name.")
                    .toException();
        }
        return person;
    }

    private void list(ListRequest request, Sink<Person> sink, Call call) {
        directory.startingWith(request.getPrefix()).forEach(sink::send);
    }

    private static CountResponse count(Source<Person> source, Call call)
            throws InterruptedException {
        long people = 0;
        while (source.next() != null) {
            people++;
        }
        return CountResponse.newBuilder().setPeople(people).build();
    }

    private static void introduce(Source<Person> source, Sink<Person> sink, Call call)
            throws InterruptedException {
        for (Person one = source.next(); one != null; one = source.next()) {
            sink.send(one);
        }
    }

    private static Echo echo(ChangeRequest request, Call call) {
        return Echo.newBuilder().setRequest(request).build();
    }
}
