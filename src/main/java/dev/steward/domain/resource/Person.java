// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.util.List;
import java.util.Set;

/// One human. In the ledger a person is a random id; the name and address lie beside it and can be
/// erased.
///
/// @param id random, given at first apply
public record Person(
    Metadata metadata, String id, String displayName, String email, List<Grant> grants)
    implements Resource {

  public Person withId(String given) {
    return new Person(metadata, given, displayName, email, grants);
  }

  /// A role, and where it holds; an empty scope is everywhere.
  ///
  /// @param content whether it includes reading message content, which no role does by itself
  public record Grant(
      Role role, boolean content, Set<String> teams, Set<String> agents, Set<String> environments) {
    public Grant {
      teams = Set.copyOf(teams);
      agents = Set.copyOf(agents);
      environments = Set.copyOf(environments);
    }

    /// The role everywhere, with content where the role usually needs it.
    public static Grant of(Role role) {
      return new Grant(role, role != Role.VIEWER, Set.of(), Set.of(), Set.of());
    }
  }

  /// What one may do, each including those before it, but APPROVER, who only views and answers.
  public enum Role {
    VIEWER,
    DEVELOPER,
    OPERATOR,
    APPROVER,
    ADMIN
  }
}
