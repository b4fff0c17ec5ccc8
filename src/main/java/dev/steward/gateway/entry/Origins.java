// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.entry;

import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.wire.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The pages whose scripts may call: those of this machine, of the host that they call, and of
/// hosts that the operator names. A page of anybody else's would act with the rights of the browser
/// that shows it. Programs send no origin.
public final class Origins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /// @param hosts beside this machine
  public Origins(List<String> hosts) {
    this.hosts.addAll(hosts);
  }

  /// @throws RpcException 403
  public void require(Request request) {
    String origin = request.header("Origin").map(String::strip).orElse("");
    if (!origin.isEmpty() && !allowed(origin, request.header("Host").orElse(""))) {
      throw new RpcException(
          RpcError.of(
              RpcError.DENIED,
              403,
              "The request comes from a page of "
                  + (origin.length() > 200 ? origin.substring(0, 200) : origin)
                  + ", which may not call this gateway: name its host in 'http.hosts' if it"
                  + " should."));
    }
  }

  private boolean allowed(String origin, String hostHeader) {
    URI uri;
    try {
      uri = new URI(origin);
    } catch (URISyntaxException _) {
      return false;
    }
    String host = uri.getHost();
    if (host == null || uri.getAuthority() == null) {
      return false;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(lower)
        || lower.endsWith(".localhost")
        || hosts.contains(host)
        || uri.getAuthority().equalsIgnoreCase(hostHeader.strip());
  }
}
