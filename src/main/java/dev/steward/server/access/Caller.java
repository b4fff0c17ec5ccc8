// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.Locale;
import java.util.Optional;

/// Somebody who has proven who they are, and what they may do.
///
/// @param actor under whom changes are recorded
/// @param name as people know them
/// @param session the browser session that proved it, empty for a bearer token
public record Caller(Actor actor, String name, Authority authority, Optional<Session> session) {

  public boolean may(Permission permission, Target target) {
    return authority.may(permission, target);
  }

  /// @throws ApiException FORBIDDEN when there is nothing for which they may
  public void requireAnywhere(Permission permission) {
    if (!authority.mayAnywhere(permission)) {
      throw refused(permission, "");
    }
  }

  /// @throws ApiException FORBIDDEN when they may not
  public void require(Permission permission, Target target) {
    if (!may(permission, target)) {
      throw refused(permission, where(target));
    }
  }

  private ApiException refused(Permission permission, String where) {
    String word = permission.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new ApiException(
        ErrorCode.FORBIDDEN, name + " lacks the permission to " + word + where + ".");
  }

  private static String where(Target target) {
    if (target.equals(Target.SERVER)) {
      return " on the whole server";
    }
    return (target.agent().isEmpty() ? " for team " + target.team() : " for " + target.agent())
        + (target.environment().isEmpty() ? "" : " in " + target.environment());
  }
}
