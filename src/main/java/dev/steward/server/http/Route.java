// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.control.yaml.Nearest;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One thing that can be asked of the server. The same table of routes serves and is turned into
/// the OpenAPI document.
///
/// @param path with `{name}` for one segment and `{name...}` for the rest
/// @param group heading on the reference page, "" for a route that is not documented
/// @param accepts media type of the request body, "" without one
/// @param takes record of a JSON request body, null for other bodies
/// @param gives record of the JSON answer, null for others
/// @param givesType media type of the answer, "" for an empty one
public record Route(
    String method,
    String path,
    String group,
    String about,
    Need need,
    List<Parameter> parameters,
    String accepts,
    @Nullable Class<?> takes,
    @Nullable Class<?> gives,
    String givesType,
    int status,
    Handler handler) {

  public Route {
    parameters = List.copyOf(parameters);
  }

  /// A route without documentation, such as a page.
  public static Route plain(String method, String path, Need need, Handler handler) {
    return new Route(method, path, "", "", need, List.of(), "", null, null, "", 200, handler);
  }

  public static Writing get(String path, Need need) {
    return new Writing("GET", path, need);
  }

  public static Writing post(String path, Need need) {
    return new Writing("POST", path, need);
  }

  public static Writing put(String path, Need need) {
    return new Writing("PUT", path, need);
  }

  public static Writing delete(String path, Need need) {
    return new Writing("DELETE", path, need);
  }

  /// Refuses what the route does not take, so that a slip in a name never silently asks for all. A
  /// page takes what its links carry and is not checked.
  ///
  /// @throws ApiException MALFORMED with the nearest parameter that it takes
  public void requireKnown(Set<String> asked) {
    if (!documented()) {
      return;
    }
    List<String> known = parameters.stream().map(Parameter::name).toList();
    for (String name : new TreeSet<>(asked)) {
      if (!known.contains(name)) {
        throw new ApiException(
            ErrorCode.MALFORMED,
            path
                + " takes no parameter '"
                + name
                + "'."
                + Nearest.hint(name, known)
                + (known.isEmpty()
                    ? " It takes none."
                    : " It takes " + String.join(", ", known) + "."));
      }
    }
  }

  public boolean documented() {
    return !group.isEmpty();
  }

  /// Whether it may change something, so that a browser's request needs the session's token.
  public boolean changes() {
    return !method.equals("GET");
  }

  public Optional<Class<?>> takenRecord() {
    return Optional.ofNullable(takes);
  }

  public Optional<Class<?>> givenRecord() {
    return Optional.ofNullable(gives);
  }

  /// A route while it is written down.
  public static final class Writing {
    private final String method;
    private final String path;
    private final Need need;
    private final List<Parameter> parameters = new ArrayList<>();
    private String group = "";
    private String about = "";
    private String accepts = "";
    private @Nullable Class<?> takes;
    private @Nullable Class<?> gives;
    private String givesType = "";
    private int status = 200;

    private Writing(String method, String path, Need need) {
      this.method = method;
      this.path = path;
      this.need = need;
    }

    public Writing about(String groupName, String sentence) {
      this.group = groupName;
      this.about = sentence;
      return this;
    }

    public Writing query(String name, String type, String sentence) {
      parameters.add(new Parameter(name, type, sentence));
      return this;
    }

    public Writing takes(Class<? extends Record> body) {
      this.accepts = "application/json";
      this.takes = body;
      return this;
    }

    public Writing takes(String mediaType) {
      this.accepts = mediaType;
      return this;
    }

    public Writing gives(Class<?> answer) {
      this.givesType = "application/json";
      this.gives = answer;
      return this;
    }

    public Writing gives(String mediaType) {
      this.givesType = mediaType;
      return this;
    }

    public Writing status(int code) {
      this.status = code;
      return this;
    }

    public Route by(Handler handler) {
      return new Route(
          method,
          path,
          group,
          about,
          need,
          parameters,
          accepts,
          takes,
          gives,
          givesType,
          status,
          handler);
    }
  }
}
