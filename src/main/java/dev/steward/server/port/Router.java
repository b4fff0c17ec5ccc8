// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import dev.steward.server.http.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. A literal segment goes before a named one, and that before a tail.
public final class Router {
  private static final int SEGMENTS_MAX = 64;

  private final Node root = new Node();
  private final List<Route> routes;

  public Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.routes.forEach(this::add);
  }

  /// All routes, in the order they were given.
  public List<Route> routes() {
    return routes;
  }

  /// The route of a request and the named parts of its path.
  public record Match(Route route, Map<String, String> parameters) {}

  public Optional<Match> find(String method, String path) {
    Map<String, String> parameters = new HashMap<>();
    return ends(path, parameters)
        .map(n -> n.byMethod.get(method.equals("HEAD") ? "GET" : method))
        .map(r -> new Match(r, parameters));
  }

  /// Methods that the path has routes for.
  public Set<String> methods(String path) {
    return ends(path, new HashMap<>()).map(n -> Set.copyOf(n.byMethod.keySet())).orElse(Set.of());
  }

  private Optional<Node> ends(String path, Map<String, String> parameters) {
    String[] segments = path.substring(1).split("/", SEGMENTS_MAX);
    return Optional.ofNullable(walk(root, segments, 0, parameters));
  }

  private static @Nullable Node walk(
      Node at, String[] segments, int next, Map<String, String> parameters) {
    if (next == segments.length) {
      return at.byMethod.isEmpty() ? null : at;
    }
    Node literal = at.literals.get(segments[next]);
    Node found = literal == null ? null : walk(literal, segments, next + 1, parameters);
    if (found == null && at.named != null && !segments[next].isEmpty()) {
      found = walk(at.named, segments, next + 1, parameters);
      if (found != null) {
        parameters.put(at.named.name, segments[next]);
      }
    }
    if (found == null && at.tail != null) {
      List<String> rest = List.of(segments).subList(next, segments.length);
      parameters.put(at.tail.name, String.join("/", rest));
      found = at.tail;
    }
    return found;
  }

  private void add(Route route) {
    Node at = root;
    for (String segment : route.path().substring(1).split("/", -1)) {
      at = at.child(segment);
    }
    if (at.byMethod.put(route.method(), route) != null) {
      throw new IllegalArgumentException("two routes: " + route.method() + " " + route.path());
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Route> byMethod = new TreeMap<>();
    private final String name;
    private @Nullable Node named;
    private @Nullable Node tail;

    private Node() {
      this("");
    }

    private Node(String name) {
      this.name = name;
    }

    private Node child(String segment) {
      if (segment.endsWith("...}")) {
        tail = tail == null ? new Node(segment.substring(1, segment.length() - 4)) : tail;
        return tail;
      }
      if (segment.startsWith("{")) {
        named = named == null ? new Node(segment.substring(1, segment.length() - 1)) : named;
        if (!segment.equals("{" + named.name + "}")) {
          throw new IllegalArgumentException(
              segment + " and {" + named.name + "} name the same place of a path");
        }
        return named;
      }
      return literals.computeIfAbsent(segment, s -> new Node());
    }
  }
}
