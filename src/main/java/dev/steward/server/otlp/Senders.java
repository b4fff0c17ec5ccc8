// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.control.access.PresentedKey;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Sender;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds out who sends telemetry: by an agent key, in whatever header its SDK puts one.
public final class Senders {
  /// A longer value of an `x-steward-*` header is nobody's id and not taken.
  private static final int HEADER_MAX = 256;

  private final AgentKeys keys;
  private final boolean required;

  /// @param required whether telemetry without a key is refused
  public Senders(AgentKeys keys, boolean required) {
    this.keys = keys;
    this.required = required;
  }

  /// The agent keys in force.
  @FunctionalInterface
  public interface AgentKeys {
    /// Whose key this is, empty for a wrong or revoked one.
    Optional<Owner> find(String key);
  }

  /// Whom a key belongs to.
  ///
  /// @param version of a key that is bound to one
  public record Owner(String agent, String environment, @Nullable String version) {}

  /// @param header a header of the request by its lower-case name, null where it is absent
  /// @throws ApiException UNAUTHENTICATED for a wrong or revoked key, and without one where one is
  ///   required
  public Sender identify(Function<String, @Nullable String> header) {
    Optional<String> key = PresentedKey.in(header);
    if (key.isEmpty() && required) {
      throw new ApiException(
          ErrorCode.UNAUTHENTICATED,
          "Telemetry needs an agent key here (ingest.require-key): set"
              + " OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20KEY.");
    }
    @Nullable Owner owner = key.map(this::owner).orElse(null);
    return new Sender(
        owner == null ? null : owner.agent(),
        owner == null ? null : owner.environment(),
        owner == null ? null : owner.version(),
        taken(header.apply("x-steward-run")),
        taken(header.apply("x-steward-workflow")),
        taken(header.apply("x-steward-task")));
  }

  private Owner owner(String key) {
    return keys.find(key)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.UNAUTHENTICATED,
                "The agent key is wrong or revoked: issue a new one with 'steward keys'."));
  }

  private static @Nullable String taken(@Nullable String value) {
    return value == null || value.isBlank() || value.length() > HEADER_MAX ? null : value.strip();
  }
}
