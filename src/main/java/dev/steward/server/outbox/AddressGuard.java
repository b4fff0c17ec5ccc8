// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Finds the address of a host and refuses those inside of a network: whoever may declare a channel
/// must not reach what only this machine can reach. The address that was looked at is the one that
/// is connected to.
public final class AddressGuard {
  private final Set<String> allowed;
  private final Lookup lookup;

  /// @param allowed hosts that may lie inside, by name or address
  public AddressGuard(List<String> allowed) {
    this(allowed, InetAddress::getAllByName);
  }

  AddressGuard(List<String> allowed, Lookup lookup) {
    this.allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    allowed.forEach(host -> this.allowed.add(bare(host)));
    this.lookup = lookup;
  }

  /// Where a name leads.
  @FunctionalInterface
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /// An address that may not be connected to.
  public static final class Inside extends IOException {
    private static final long serialVersionUID = 1L;

    Inside(String message) {
      super(message);
    }
  }

  /// @throws Inside where any address of the host lies inside and the host is not allowed
  /// @throws UnknownHostException when it has none
  public InetAddress find(String host) throws IOException {
    String name = bare(host);
    InetAddress[] found = lookup.of(name);
    if (found.length == 0) {
      throw new UnknownHostException(name);
    }
    if (!allowed.contains(name)) {
      for (InetAddress address : found) {
        if (inside(address)) {
          throw new Inside(
              name
                  + " is "
                  + address.getHostAddress()
                  + ", which lies inside of a network; an operator allows it by"
                  + " notices.allowed-hosts in the configuration");
        }
      }
    }
    return found[0];
  }

  static boolean inside(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] raw = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> inside4(raw, 0);
      case Inet6Address _ -> inside6(raw);
      default -> true;
    };
  }

  /// Networks of RFC 6890 that are not of the internet.
  private static boolean inside4(byte[] raw, int at) {
    int a = raw[at] & 0xff;
    int b = raw[at + 1] & 0xff;
    int c = raw[at + 2] & 0xff;
    return a == 0
        || a == 10
        || a == 127
        || (a == 100 && (b & 0xc0) == 64)
        || (a == 169 && b == 254)
        || (a == 172 && (b & 0xf0) == 16)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && (b & 0xfe) == 18)
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224;
  }

  private static boolean inside6(byte[] raw) {
    int first = (raw[0] & 0xff) << 8 | (raw[1] & 0xff);
    int second = (raw[2] & 0xff) << 8 | (raw[3] & 0xff);
    boolean zeros = true;
    for (int i = 0; i < 10; i++) {
      zeros &= raw[i] == 0;
    }
    if (zeros) {
      // ::a.b.c.d and ::ffff:a.b.c.d lead to an address of the older kind.
      return inside4(raw, 12);
    }
    if (first == 0x2002) {
      return inside4(raw, 2);
    }
    return (first & 0xfe00) == 0xfc00
        || (first == 0x64 && second == 0xff9b)
        || (first == 0x100 && second == 0)
        || (first == 0x2001 && (second < 0x200 || second == 0xdb8));
  }

  private static String bare(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
