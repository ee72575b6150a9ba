package dev.tandem.transcoding.route;

import java.util.List;
import java.util.SortedSet;

/** What the table says of a request's method and path. */
public sealed interface RouteMatch {
    /**
     * A route answers it.
     *
     * @param variables the decoded values of the route's variables, in their order
     */
    record Found(Route route, List<String> variables) implements RouteMatch {}

    /**
     * The path exists, not with this HTTP method.
     *
     * @param allowed the methods with which it does, HEAD and OPTIONS included
     */
    record OtherVerbs(SortedSet<String> allowed) implements RouteMatch {}

    /** There is no such path. */
    record Unknown() implements RouteMatch {}

    /**
     * The path cannot be read.
     *
     * @param message why, for the caller
     */
    record Malformed(String message) implements RouteMatch {}
}
