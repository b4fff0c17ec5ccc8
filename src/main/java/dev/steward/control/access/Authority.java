// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.util.List;
import java.util.Set;

/// What somebody may do, and where: the sum of their grants.
public record Authority(List<Grant> grants) {
  public static final Authority NONE = new Authority(List.of());

  /// What the server itself may.
  public static final Authority EVERYTHING = new Authority(List.of(Grant.of(Role.ADMIN)));

  public Authority {
    grants = List.copyOf(grants);
  }

  /// Whether one grant carries the permission and its scope covers the target.
  public boolean may(Permission permission, Target target) {
    return grants.stream().anyMatch(grant -> carries(grant, permission) && covers(grant, target));
  }

  /// Whether there is any target for which they may.
  public boolean mayAnywhere(Permission permission) {
    return grants.stream().anyMatch(grant -> carries(grant, permission));
  }

  /// Whether one grant is of the role and its scope covers the target.
  public boolean holds(Role role, Target target) {
    return grants.stream().anyMatch(grant -> grant.role() == role && covers(grant, target));
  }

  private static boolean carries(Grant grant, Permission permission) {
    return permission == Permission.READ_CONTENT
        ? grant.content()
        : Permission.of(grant.role()).contains(permission);
  }

  private static boolean covers(Grant grant, Target target) {
    return covers(grant.teams(), target.team())
        && covers(grant.agents(), target.agent())
        && covers(grant.environments(), target.environment());
  }

  private static boolean covers(Set<String> scope, String part) {
    return scope.isEmpty() || scope.contains(part);
  }
}
