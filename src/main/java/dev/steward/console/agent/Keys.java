// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Deed;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.web.Reader;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of an agent, and the way to revoke them.
public final class Keys {
  private static final String CONSEQUENCE =
      "What presents it is an unknown sender from its next request on; where keys are required, its"
          + " spans are refused. It cannot be taken back: a new key has to be issued and given to"
          + " the agent.";

  private final State state;
  private final String agent;
  private final String environment;
  private final Reader reader;
  private final String csrf;
  private final String action;

  /// @param environment only those for it, "" for all
  /// @param action address that the way to revoke them is posted to
  public Keys(
      State state, String agent, String environment, Reader reader, String csrf, String action) {
    this.state = state;
    this.agent = agent;
    this.environment = environment;
    this.reader = reader;
    this.csrf = csrf;
    this.action = action;
  }

  static Keys of(AgentFacts facts, Reader reader, String csrf) {
    return new Keys(
        facts.state(),
        facts.name(),
        "",
        reader,
        csrf,
        AgentSection.href(facts.name()) + "/keys/revoke");
  }

  /// The active ones where the reader may see the agent, the newest first.
  List<AgentKey> active() {
    return state.agentKeys().stream()
        .filter(key -> key.agent().equals(agent) && key.active())
        .filter(key -> environment.isEmpty() || key.environment().equals(environment))
        .filter(key -> may(Permission.READ, key))
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
                ActorName.of(key.issuedBy(), state),
                may(key) ? deed(key.id(), Map.of("key", key.id()), "Revoke this key") : null))
        .toList();
  }

  /// Revokes all that the reader may revoke, null when that is none or one.
  @Nullable Deed all() {
    return count() < 2 ? null : everyOne();
  }

  /// As `all`, also where there is one only.
  public Optional<Deed> any() {
    return count() == 0 ? Optional.empty() : Optional.of(everyOne());
  }

  private long count() {
    return active().stream().filter(this::may).count();
  }

  private Deed everyOne() {
    return deed(
        "all",
        Map.of("agent", agent, "environment", environment),
        "Revoke %s of %s%s"
            .formatted(
                Figures.of(count(), "key", "keys"),
                agent,
                environment.isEmpty() ? "" : " in " + environment));
  }

  private Deed deed(String id, Map<String, String> fields, String words) {
    return new Deed(
        "revoke-" + id + "-" + agent + environment,
        action,
        csrf,
        fields,
        words,
        CONSEQUENCE,
        "Why, for the ledger",
        true);
  }

  private boolean may(AgentKey key) {
    return may(Permission.ISSUE_KEYS, key);
  }

  private boolean may(Permission permission, AgentKey key) {
    Target target = Target.agent(agent, state.team(agent), key.environment());
    return reader.rights().may(permission, target);
  }

  /// Revokes the key with the id, or all that the reader may.
  ///
  /// @return how many
  public int revoke(Control control, @Nullable String id, String reason) {
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
