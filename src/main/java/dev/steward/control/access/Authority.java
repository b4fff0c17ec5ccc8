// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.resource.Person.Grant;
import java.util.List;

/// What somebody may do, and where: the sum of their grants.
public record Authority(List<Grant> grants) {
  public static final Authority NONE = new Authority(List.of());

  public Authority {
    grants = List.copyOf(grants);
  }

  /// Whether one grant carries the permission and its scope covers the target.
  public boolean may(Permission permission, Target target) {
    throw new UnsupportedOperationException();
  }

  /// Whether there is any target for which they may.
  public boolean mayAnywhere(Permission permission) {
    throw new UnsupportedOperationException();
  }
}
