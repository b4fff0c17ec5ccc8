// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.entry;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.wire.Request;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What clients are told of how to prove themselves (RFC 9728).
///
/// @param url of this server as clients reach it, "" for the one that a request came to
/// @param secure whether that is https
/// @param authorizationServers that issue tokens for it; without any, agent keys are the tokens
public record ResourceMetadata(String url, boolean secure, List<String> authorizationServers) {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  public ResourceMetadata {
    authorizationServers = List.copyOf(authorizationServers);
  }

  /// The document about a path such as `/mcp/crm`.
  public ObjectNode document(Request request, String path) {
    ObjectNode document = RpcJson.object();
    document.put("resource", base(request) + path);
    document.put("resource_name", "Steward's MCP gateway");
    if (!authorizationServers.isEmpty()) {
      document.set("authorization_servers", RpcJson.array(authorizationServers));
    }
    document.set("bearer_methods_supported", RpcJson.array(List.of("header")));
    return document;
  }

  /// What a client without a key is answered.
  public String challenge(Request request, String server) {
    String path = "/mcp" + (server.isEmpty() ? "" : "/" + server);
    boolean shown = request.header("Authorization").isPresent();
    return "Bearer "
        + (shown ? "error=\"invalid_token\", " : "")
        + "resource_metadata=\""
        + base(request)
        + WELL_KNOWN
        + path
        + "\"";
  }

  /// Address of this server as the client reaches it, without a slash at its end.
  public String base(Request request) {
    if (!url.isEmpty()) {
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
    String host = request.header("Host").orElse("localhost").strip();
    boolean plain = host.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
    return (secure ? "https://" : "http://")
        + (plain ? host.toLowerCase(Locale.ROOT) : "localhost");
  }
}
