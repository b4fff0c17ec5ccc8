// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.bound.BoundVersions;
import dev.steward.control.event.Event;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.ApiToken;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;

/// What is decided about agent keys and API tokens.
final class Credentials {
  private final Matter matter;

  Credentials(Matter matter) {
    this.matter = matter;
  }

  void issue(Command.IssueAgentKey issue) {
    Agent agent =
        matter
            .state()
            .agent(issue.agent())
            .orElseThrow(() -> matter.notFound("Agent", issue.agent(), matter.names("Agent")));
    matter.checkName("environment", issue.environment());
    matter.need(
        Permission.ISSUE_KEYS, Target.agent(agent.name(), Scopes.team(agent), issue.environment()));
    String version = issue.version().isEmpty() ? "" : version(agent, issue.version());
    if (!version.isEmpty()) {
      refusePast(agent, issue.environment(), version);
    }
    if (matter.state().agentKeyById(issue.id()).isPresent()
        || matter.state().agentKey(issue.hash()).isPresent()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "key " + issue.id() + " exists already; make a new one");
    }
    matter
        .decided()
        .add(
            new Event.AgentKeyIssued(
                issue.id(), issue.hash(), agent.name(), issue.environment(), version));
  }

  /// A key for one version puts it to work wherever the key is for, so a release comes first.
  private void refusePast(Agent agent, String environment, String version) {
    if (!BoundVersions.bindable(matter.state(), agent.name(), environment, new Digest(version))) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "version "
              + version.substring(0, 12)
              + " of "
              + agent.name()
              + " never came to "
              + environment
              + ", or was rolled back there: issue the key without a version, or release it first"
              + " with 'steward release start "
              + agent.name()
              + " --to ENVIRONMENT', one stage after the other");
    }
  }

  void revoke(Command.RevokeAgentKey revoke) {
    AgentKey key =
        matter
            .state()
            .agentKeyById(revoke.id())
            .orElseThrow(() ->
                matter.notFound(
                    "key",
                    revoke.id(),
                    matter.state().agentKeys().stream().map(AgentKey::id).toList()));
    String team = matter.state().agent(key.agent()).map(Scopes::team).orElse("");
    matter.need(Permission.ISSUE_KEYS, Target.agent(key.agent(), team, key.environment()));
    if (!key.active()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "key " + key.id() + " was revoked at " + key.revokedAt());
    }
    matter.decided().add(new Event.AgentKeyRevoked(key.id(), matter.seal(revoke.reason())));
  }

  void issue(Command.IssueToken issue) {
    matter.need(Permission.MANAGE_TOKENS, Target.SERVER);
    String holder = "";
    if (!issue.holder().isEmpty()) {
      holder =
          matter
              .state()
              .person(issue.holder())
              .orElseThrow(() -> matter.notFound("Person", issue.holder(), matter.names("Person")))
              .id();
    }
    if (issue.grants().isEmpty()) {
      throw new ApiException(ErrorCode.INVALID, "a token without a role may do nothing; name one");
    }
    matter.checkName("purpose", issue.purpose());
    if (issue.expiresAt().filter(end -> !end.isAfter(matter.now())).isPresent()) {
      throw new ApiException(ErrorCode.INVALID, "the token would be expired already");
    }
    if (matter.state().apiTokenById(issue.id()).isPresent()
        || matter.state().apiToken(issue.hash()).isPresent()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "token " + issue.id() + " exists already; make a new one");
    }
    matter
        .decided()
        .add(
            new Event.TokenIssued(
                issue.id(),
                issue.hash(),
                holder,
                issue.purpose(),
                issue.grants(),
                issue.expiresAt()));
  }

  void revoke(Command.RevokeToken revoke) {
    matter.need(Permission.MANAGE_TOKENS, Target.SERVER);
    ApiToken token =
        matter
            .state()
            .apiTokenById(revoke.id())
            .orElseThrow(() ->
                matter.notFound(
                    "token",
                    revoke.id(),
                    matter.state().apiTokens().stream().map(ApiToken::id).toList()));
    if (token.revokedAt() != null) {
      throw new ApiException(
          ErrorCode.CONFLICT, "token " + token.id() + " was revoked at " + token.revokedAt());
    }
    matter.decided().add(new Event.TokenRevoked(token.id(), matter.seal(revoke.reason())));
  }

  private String version(Agent agent, String start) {
    return matter
        .state()
        .version(agent.name(), start)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "agent " + agent.name() + " has no version " + start + "; see its versions"))
        .digest()
        .hex();
  }
}
