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

  /// A role, and where it holds; an empty scope is everywhere.
  public record Grant(Role role, Set<String> teams, Set<String> agents, Set<String> environments) {}

  /// What one may do, each including those before it, but APPROVER which stands beside OPERATOR.
  public enum Role {
    VIEWER,
    DEVELOPER,
    OPERATOR,
    APPROVER,
    ADMIN
  }
}
