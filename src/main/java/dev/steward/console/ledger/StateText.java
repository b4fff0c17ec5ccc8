// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.control.event.Thing;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.ApiToken;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Things of a State as text, so that two of them can be compared line by line. Secrets and their
/// hashes are left out.
record StateText(State state) {

  /// The thing, empty where it was not there.
  Optional<String> of(String kind, String name) {
    return switch (kind) {
      case Thing.KEY -> state.agentKeyById(name).map(this::key);
      case Thing.TOKEN -> state.apiTokenById(name).map(StateText::token);
      case Thing.HOLD -> state.legalHold(name).map(StateText::hold);
      case Thing.SETTING -> state.setting(name).map(value -> name + ": " + value + "\n");
      case Thing.SNAPSHOT -> Optional.empty();
      default -> Manifests.kinds().contains(kind) ? resource(kind, name) : Optional.empty();
    };
  }

  /// Names of all things of a kind.
  List<String> names(String kind) {
    return switch (kind) {
      case Thing.KEY -> state.agentKeys().stream().map(AgentKey::id).sorted().toList();
      case Thing.TOKEN -> state.apiTokens().stream().map(ApiToken::id).sorted().toList();
      case Thing.HOLD -> state.legalHolds().stream().map(LegalHold::id).sorted().toList();
      case Thing.SETTING -> state.settings().keySet().stream().sorted().toList();
      case Thing.SNAPSHOT -> List.of();
      default -> state.all(kind).stream().map(Resource::name).sorted().toList();
    };
  }

  private Optional<String> resource(String kind, String name) {
    return state.find(kind, name).map(resource -> Manifests.yaml(resource) + inForce(kind, name));
  }

  /// The versions of an agent in force, which its manifest does not say.
  private String inForce(String kind, String name) {
    if (!kind.equals("Agent")) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    new TreeMap<>(state.environments(name))
        .forEach((environment, version) ->
            text.append("# in force in ")
                .append(environment)
                .append(": version ")
                .append(version.hex(), 0, 12)
                .append('\n'));
    return text.toString();
  }

  private String key(AgentKey key) {
    List<String> lines = new ArrayList<>();
    lines.add("agent: " + key.agent());
    lines.add("environment: " + key.environment());
    lines.add("version: " + (key.version().isEmpty() ? "whichever is in force" : key.version()));
    lines.add("issued: " + key.issuedAt());
    lines.add("revoked: " + when(key.revokedAt()));
    return text(lines);
  }

  private static String token(ApiToken token) {
    List<String> lines = new ArrayList<>();
    lines.add("holder: " + (token.holder().isEmpty() ? "a program" : token.holder()));
    lines.add("purpose: " + token.purpose());
    token.grants().forEach(grant -> lines.add("grant: " + grant));
    lines.add("issued: " + token.issuedAt());
    lines.add("expires: " + when(token.expiresAt()));
    lines.add("revoked: " + when(token.revokedAt()));
    return text(lines);
  }

  private static String hold(LegalHold hold) {
    return text(
        List.of(
            "subject: " + hold.subject().name().toLowerCase(Locale.ROOT),
            "subjectId: " + hold.subjectId(),
            "placed: " + hold.placedAt()));
  }

  private static String when(@Nullable Instant at) {
    return at == null ? "never" : at.toString();
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
