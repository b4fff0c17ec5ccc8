// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import dev.steward.domain.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One immutable build of an agent: its seven artefacts under one digest. The same content has the
/// same digest, whatever the order of the fields in the file.
///
/// @param digest of the canonical JSON of the seven artefacts
/// @param delegates agents that it may ask
/// @param endpoint where its own code answers calls, empty where nobody can call it
/// @param fallback the agent that answers when the endpoint fails, "" for none
/// @param json that canonical JSON, for the diff and for fields we do not read
public record AgentVersion(
    Digest digest,
    List<ModelUse> models,
    List<ToolUse> tools,
    List<DataUse> data,
    List<String> delegates,
    Optional<Endpoint> endpoint,
    String fallback,
    String json) {
  /// A version that nobody can call.
  public AgentVersion(
      Digest digest,
      List<ModelUse> models,
      List<ToolUse> tools,
      List<DataUse> data,
      List<String> delegates,
      String json) {
    this(digest, models, tools, data, delegates, Optional.empty(), "", json);
  }

  /// A model it may ask. Models of the same use share its calls.
  ///
  /// @param provider name of the ModelProvider, "" for the only one that sells the model
  /// @param weight share of the use's calls beside the other models of the same use
  /// @param fallback the use that is asked when this one cannot answer, "" for the use `fallback`
  ///   where there is one
  public record ModelUse(String use, String model, String provider, int weight, String fallback) {
    /// A model that has its use for itself.
    public ModelUse(String use, String model, String provider) {
      this(use, model, provider, 1, "");
    }
  }

  /// Tools of one server that it may call.
  public record ToolUse(String server, List<String> tools) {}

  /// A data source it reads.
  ///
  /// @param endpoint where this version of it answers, empty where Steward does not lead there
  /// @param readOnly whether no call of it changes anything, whatever its method
  public record DataUse(
      String name, String version, Optional<Endpoint> endpoint, boolean readOnly) {}

  /// Where the code of a version answers calls.
  ///
  /// @param url that the rest of a call's path is put behind
  /// @param secret name of the secret that is shown to it as a bearer token, "" for none
  public record Endpoint(String url, String secret, Reach reach) {
    /// How it is called.
    ///
    /// @param concurrency calls that it may be answering at once
    /// @param connect longest wait for a connection
    /// @param call longest wait for an answer to begin
    /// @param idle longest wait between two parts of an answer
    public record Reach(int concurrency, Duration connect, Duration call, Duration idle) {
      public static final Reach USUAL =
          new Reach(256, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(5));
    }
  }

  /// Where it and the data that it reads are asked.
  public List<Endpoint> endpoints() {
    return Stream.concat(endpoint.stream(), data.stream().flatMap(use -> use.endpoint().stream()))
        .distinct()
        .toList();
  }

  /// The first twelve characters of the digest, as shown to people.
  public String shortName() {
    return digest.hex().substring(0, 12);
  }
}
