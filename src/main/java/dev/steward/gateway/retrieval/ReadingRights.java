// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.retrieval;

import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion.DataUse;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Attenuation.Asker;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What may be asked of a data source: what the caller's version reads, as far as each on whose
/// behalf it asks reads it too, and without effect where effects must not happen yet.
final class ReadingRights {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private ReadingRights() {}

  /// The source as the caller's version reads it.
  ///
  /// @throws RefusedException DENIED; of a source that its version does not read, as if there were
  ///   none
  static DataUse of(State state, Caller caller, RetrievalAsked asked, Chain chain) {
    String source = asked.source();
    DataUse use =
        caller.version().data().stream()
            .filter(read -> read.name().equals(source) && read.endpoint().isPresent())
            .findFirst()
            .orElseThrow(() -> denied(unread(caller, source)));
    for (Asker asker : Attenuation.askers(state, caller.known("", List.of()), chain)) {
      requireRead(state, asker, source);
    }
    String method = asked.head().method();
    if (!use.readOnly() && !READS.contains(method)) {
      requireEffect(state, caller, chain, method + " may change " + use.name());
    }
    return use;
  }

  private static String unread(Caller caller, String source) {
    return "Version %s of %s reads no data source '%s' through Steward: list it in 'data' with an 'endpoint'."
        .formatted(caller.version().shortName(), caller.agent().name(), source);
  }

  private static void requireRead(State state, Asker asker, String source) {
    Chain.Link link = asker.link();
    boolean reads =
        asker.known().isPresent()
            && state
                .version(link.agent(), link.version())
                .filter(
                    version -> version.data().stream().anyMatch(use -> use.name().equals(source)))
                .isPresent();
    if (!reads) {
      throw denied(
          "It is asked on behalf of %s (%s), whose version %s reads no data source '%s': list it in that version's 'data' too."
              .formatted(link.agent(), asker.words(), link.version(), source));
    }
  }

  private static void requireEffect(State state, Caller caller, Chain chain, String effect) {
    String remedy = ": where it only searches, say 'readOnly: true' of it in the version's 'data'.";
    if (caller.shadow().isPresent()) {
      throw denied("This run is a copy of a live one, and " + effect + remedy);
    }
    Optional<String> proposing = Attenuation.proposing(state, caller.known("", List.of()), chain);
    if (proposing.isPresent()) {
      throw denied(
          "The version of "
              + proposing.get()
              + " proposes and does not act by itself yet (copilot), and "
              + effect
              + remedy);
    }
  }

  private static RefusedException denied(String message) {
    return new RefusedException(Refusal.of(Refusal.Kind.DENIED, message));
  }
}
