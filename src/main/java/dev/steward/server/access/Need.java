// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.domain.resource.Person.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a route asks of its caller.
public enum Need {
  /// Nothing: the route is open, or proves its caller by itself.
  NOTHING(null),
  VIEWER(Role.VIEWER),
  DEVELOPER(Role.DEVELOPER),
  OPERATOR(Role.OPERATOR),
  APPROVER(Role.APPROVER),
  ADMIN(Role.ADMIN);

  private final @Nullable Role role;

  Need(@Nullable Role role) {
    this.role = role;
  }

  public Optional<Role> role() {
    return Optional.ofNullable(role);
  }
}
