// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Refuses Host headers that a stranger's DNS could have pointed at us (DNS rebinding). Addresses
/// and names without a dot cannot be registered by a stranger; others must be configured.
final class HostCheck {
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final Set<String> allowed;

  HostCheck(List<String> allowed) {
    this.allowed =
        allowed.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  boolean accepts(String hostHeader) {
    String host = withoutPort(hostHeader.strip().toLowerCase(Locale.ROOT));
    return host.isEmpty()
        || host.startsWith("[")
        || host.indexOf('.') < 0
        || host.endsWith(".localhost")
        || ADDRESS.matcher(host).matches()
        || allowed.contains(host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
