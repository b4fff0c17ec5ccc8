// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.control.Actor;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Somebody who has proven who they are, and what they may do.
///
/// @param actor under whom changes are recorded
/// @param name as people know them
/// @param readsContent whether they may read what was said: messages, arguments, results
/// @param session the browser session that proved it, empty for a bearer token
public record Caller(
    Actor actor,
    String name,
    List<Grant> grants,
    boolean readsContent,
    Optional<Session> session) {
  public Caller {
    grants = List.copyOf(grants);
  }

  /// Whether they have the role anywhere at all.
  public boolean mayEver(Role role) {
    return grants.stream().anyMatch(g -> includes(g.role(), role));
  }

  /// Whether they have the role for one agent.
  public boolean may(Role role, Scope scope) {
    return grants.stream()
        .anyMatch(
            g ->
                includes(g.role(), role)
                    && (g.teams().isEmpty() || g.teams().contains(scope.team()))
                    && (g.agents().isEmpty() || g.agents().contains(scope.agent()))
                    && (g.environments().isEmpty()
                        || scope.environment().isEmpty()
                        || g.environments().contains(scope.environment())));
  }

  /// Whether they have the role everywhere, so that lists need no narrowing.
  public boolean mayEverywhere(Role role) {
    return grants.stream()
        .anyMatch(
            g ->
                includes(g.role(), role)
                    && g.teams().isEmpty()
                    && g.agents().isEmpty()
                    && g.environments().isEmpty());
  }

  /// @throws ApiException FORBIDDEN without the role there
  public void require(Role role, Scope scope) {
    if (!may(role, scope)) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          name
              + " does not have the role "
              + role.name().toLowerCase(Locale.ROOT)
              + " for "
              + scope
              + ".");
    }
  }

  /// @throws ApiException FORBIDDEN without the role everywhere
  public void requireEverywhere(Role role) {
    if (!mayEverywhere(role)) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          name
              + " needs the role "
              + role.name().toLowerCase(Locale.ROOT)
              + " without a scope for this.");
    }
  }

  /// @throws ApiException FORBIDDEN when they may not read what was said
  public void requireContent() {
    if (!readsContent) {
      throw new ApiException(
          ErrorCode.FORBIDDEN, name + " may not read message content: that is a permission apart.");
    }
  }

  /// Each role includes those before it, but APPROVER stands beside OPERATOR.
  private static boolean includes(Role has, Role wanted) {
    return switch (has) {
      case VIEWER -> wanted == Role.VIEWER;
      case DEVELOPER -> wanted == Role.VIEWER || wanted == Role.DEVELOPER;
      case OPERATOR -> wanted != Role.APPROVER && wanted != Role.ADMIN;
      case APPROVER -> wanted == Role.VIEWER || wanted == Role.APPROVER;
      case ADMIN -> true;
    };
  }

  /// What a right is asked for.
  ///
  /// @param environment "" for none in particular
  public record Scope(String team, String agent, String environment) {
    @Override
    public String toString() {
      return "agent " + agent + (environment.isEmpty() ? "" : " in " + environment);
    }
  }
}
