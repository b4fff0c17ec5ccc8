// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.control.access.Permission;
import java.util.Optional;

/// What a route asks of its caller, before it looks at what exactly is asked for.
///
/// @param proof whether what the request shows is looked at
/// @param permission to be had for at least one thing, empty where anybody may enter
public record Need(boolean proof, Optional<Permission> permission) {
  /// The route is open, or proves its caller by itself.
  public static final Need NOTHING = new Need(false, Optional.empty());

  /// Anybody may enter, and is known where they show who they are.
  public static final Need IF_KNOWN = new Need(true, Optional.empty());

  public static final Need READ = of(Permission.READ);

  public static Need of(Permission permission) {
    return new Need(true, Optional.of(permission));
  }
}
