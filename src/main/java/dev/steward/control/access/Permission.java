// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.resource.Person.Role;
import java.util.Set;

/// One thing that a person or token may be allowed to do.
public enum Permission {
  /// See agents, runs, costs and the ledger, without what was said.
  READ,
  /// Read what was said: messages, prompts in spans, tool arguments and results.
  READ_CONTENT,
  /// Declare, change and delete agents and the resources they use.
  DECLARE,
  /// Issue and revoke agent keys.
  ISSUE_KEYS,
  /// Say how a run ended.
  RECORD_OUTCOME,
  /// Choose the version in force outside development.
  DEPLOY,
  /// Stop an agent and let it go on.
  STOP,
  /// Put and lift legal holds, retry dead letters, change settings of running.
  OPERATE,
  /// Answer a pending call.
  APPROVE,
  /// Declare, delete and erase people, and give them roles.
  MANAGE_PEOPLE,
  /// Issue and revoke API tokens.
  MANAGE_TOKENS;

  private static final Set<Permission> VIEWER = Set.of(READ);
  private static final Set<Permission> DEVELOPER =
      Set.of(READ, DECLARE, ISSUE_KEYS, RECORD_OUTCOME);
  private static final Set<Permission> OPERATOR =
      Set.of(READ, DECLARE, ISSUE_KEYS, RECORD_OUTCOME, DEPLOY, STOP, OPERATE);
  private static final Set<Permission> APPROVER = Set.of(READ, APPROVE);
  private static final Set<Permission> ADMIN = Set.of(values());

  /// What the role carries; reading content is said by the grant, not by the role.
  public static Set<Permission> of(Role role) {
    return switch (role) {
      case VIEWER -> VIEWER;
      case DEVELOPER -> DEVELOPER;
      case OPERATOR -> OPERATOR;
      case APPROVER -> APPROVER;
      case ADMIN -> ADMIN;
    };
  }
}
