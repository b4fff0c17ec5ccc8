// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Deed;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.web.Reader;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.AgentKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of an agent, and the way to revoke them.
final class Keys {
  private static final String CONSEQUENCE =
      "What presents it is an unknown sender from its next request on; where keys are required, its"
          + " spans are refused. It cannot be taken back: a new key has to be issued and given to"
          + " the agent.";

  private final AgentFacts facts;
  private final Reader reader;
  private final String csrf;

  Keys(AgentFacts facts, Reader reader, String csrf) {
    this.facts = facts;
    this.reader = reader;
    this.csrf = csrf;
  }

  /// The active ones where the reader may see the agent, the newest first.
  List<AgentKey> active() {
    return facts.state().agentKeys().stream()
        .filter(key -> key.agent().equals(facts.name()) && key.active())
        .filter(key -> reader.rights().may(Permission.READ, facts.target(key.environment())))
        .sorted(Comparator.comparing(AgentKey::issuedAt).reversed())
        .toList();
  }

  List<KeyRow> rows(Moments moments) {
    return active().stream()
        .map(key ->
            new KeyRow(
                key.id(),
                key.environment(),
                key.version(),
                moments.of(key.issuedAt()),
                ActorName.of(key.issuedBy(), facts.state()),
                may(key) ? deed(key.id(), Map.of("key", key.id()), "Revoke this key") : null))
        .toList();
  }

  /// Revokes all that the reader may revoke, null when that is none or one.
  @Nullable Deed all() {
    long count = active().stream().filter(this::may).count();
    return count < 2
        ? null
        : deed(
            "all",
            Map.of(),
            "Revoke %s of %s".formatted(Figures.of(count, "key", "keys"), facts.name()));
  }

  private Deed deed(String id, Map<String, String> fields, String words) {
    return new Deed(
        "revoke-" + id,
        AgentSection.href(facts.name()) + "/keys/revoke",
        csrf,
        fields,
        words,
        CONSEQUENCE,
        "Why, for the ledger",
        true);
  }

  private boolean may(AgentKey key) {
    return reader.rights().may(Permission.ISSUE_KEYS, facts.target(key.environment()));
  }

  /// Revokes the key with the id, or all that the reader may.
  ///
  /// @return how many
  int revoke(Control control, @Nullable String id, String reason) {
    int revoked = 0;
    for (AgentKey key : active()) {
      if (id == null ? may(key) : key.id().equals(id)) {
        control.submit(new Command.RevokeAgentKey(key.id(), reason), reader.actor());
        revoked++;
      }
    }
    return revoked;
  }
}
