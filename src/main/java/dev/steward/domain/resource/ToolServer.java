// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An MCP server, or a REST API, whose tools agents may call.
///
/// @param url where it listens, "" for one started over stdio
/// @param document where the OpenAPI document lies that says its operations, or the document itself
///   as canonical JSON; "" for none
/// @param command how it is started, empty for one with a url
/// @param environment variables that the command is started with, none of them secret
/// @param tools as an operator accepted them; what the server offers beside or instead is hidden
public record ToolServer(
    Metadata metadata,
    String owner,
    Type type,
    String url,
    String document,
    List<String> command,
    Map<String, String> environment,
    Credential credential,
    Reach reach,
    List<Tool> tools)
    implements Resource {
  public ToolServer {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    tools = List.copyOf(tools);
  }

  /// What it speaks.
  public enum Type {
    MCP,
    OPENAPI
  }

  /// Whether all callers share one session or process of it.
  public enum Sessions {
    SHARED,
    PER_CALLER
  }

  /// How Steward proves itself to it.
  ///
  /// @param secret name of the secret, never the secret; "" where it asks for none
  /// @param name of the header, query parameter or variable; "" where the place has one of its own
  public record Credential(String secret, Place place, String name) {
    public static final Credential NONE = new Credential("", Place.BEARER, "");

    /// Where the secret goes.
    public enum Place {
      /// The header `Authorization: Bearer`.
      BEARER,
      /// The header `Authorization: Basic`, of a secret that is `user:password`.
      BASIC,
      HEADER,
      QUERY,
      /// A variable of the command's environment.
      VARIABLE
    }

    public boolean none() {
      return secret.isEmpty();
    }
  }

  /// How it is called.
  ///
  /// @param concurrency calls that it may be answering at once
  /// @param attempts how often a call that only reads, or that says it may be repeated, is tried
  /// @param connect longest wait for a connection
  /// @param call longest wait for an answer to begin, which is its result where it comes whole
  /// @param idle longest wait between two parts of an answer
  public record Reach(
      Sessions sessions,
      int concurrency,
      int attempts,
      Duration connect,
      Duration call,
      Duration idle) {
    public static final Reach USUAL =
        new Reach(
            Sessions.SHARED,
            64,
            2,
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2));
  }

  /// One tool as it was accepted.
  ///
  /// @param definition what the server says of it; a server that says anything else does not offer
  ///   this tool
  /// @param effect class of what it does, "" when not declared
  /// @param sources data sources it reads or writes
  /// @param labels of the data that it reads
  /// @param price of one call
  /// @param compensatedBy tool of this server that undoes it, "" for none
  /// @param tests that another definition must pass before it is accepted
  /// @param inShadow canonical JSON of the content with which a call with effects is answered that
  ///   a copy of a live call makes, "" where it is refused
  public record Tool(
      String name,
      Definition definition,
      String effect,
      List<String> sources,
      List<String> labels,
      Optional<CallPrice> price,
      String compensatedBy,
      List<ContractTest> tests,
      String inShadow) {
    public Tool {
      sources = List.copyOf(sources);
      labels = List.copyOf(labels);
      tests = List.copyOf(tests);
    }

    /// One whose effects are refused in copies of live calls.
    public Tool(
        String name,
        Definition definition,
        String effect,
        List<String> sources,
        List<String> labels,
        Optional<CallPrice> price,
        String compensatedBy,
        List<ContractTest> tests) {
      this(name, definition, effect, sources, labels, price, compensatedBy, tests, "");
    }

    /// One of which nothing is known but its name.
    public static Tool named(String name) {
      return new Tool(
          name, Definition.NONE, "", List.of(), List.of(), Optional.empty(), "", List.of());
    }

    public String description() {
      return definition.description();
    }

    /// "{}" when not declared.
    public String inputSchemaJson() {
      return definition.inputSchemaJson();
    }
  }

  /// What a server says of a tool, as far as it is pinned; schemas and annotations are canonical
  /// JSON, "{}" where there are none.
  public record Definition(
      String title,
      String description,
      String inputSchemaJson,
      String outputSchemaJson,
      String annotationsJson) {
    public static final Definition NONE = new Definition("", "", "{}", "{}", "{}");
  }

  /// What one call of a tool costs.
  ///
  /// @param currency ISO 4217, such as USD
  public record CallPrice(BigDecimal amount, String currency) {}

  /// Arguments that agents rely on, and what a definition must make of them.
  ///
  /// @param argumentsJson canonical JSON of an object
  /// @param fits whether the input schema must take them, or must refuse them
  /// @param resultJson structured content that the output schema must take, "" for none
  public record ContractTest(String name, String argumentsJson, boolean fits, String resultJson) {}

  public Optional<Tool> tool(String name) {
    for (Tool tool : tools) {
      if (tool.name().equals(name)) {
        return Optional.of(tool);
      }
    }
    return Optional.empty();
  }

  /// Whether the document itself is declared, and not where it lies.
  public boolean documentInline() {
    return document.startsWith("{");
  }

  /// The server whose tool is meant by somebody who names its server or not, and may write both as
  /// `server__tool`; empty where there is none, or more than one.
  ///
  /// @param named the server that is named, null for none
  public static Optional<ToolServer> meant(
      Collection<ToolServer> servers, @Nullable String named, String tool) {
    ToolServer found = null;
    for (ToolServer server : servers) {
      boolean whole =
          tool.startsWith(server.name() + "__")
              && server.tool(tool.substring(server.name().length() + 2)).isPresent();
      boolean here = named == null || named.equals(server.name());
      if (whole || (here && server.tool(tool).isPresent())) {
        if (found != null) {
          return Optional.empty();
        }
        found = server;
      }
    }
    return Optional.ofNullable(found);
  }

  /// Whether Steward can call it; else its tools run in the agent's own process.
  public boolean reachable() {
    return !url.isEmpty() || !command.isEmpty();
  }
}
