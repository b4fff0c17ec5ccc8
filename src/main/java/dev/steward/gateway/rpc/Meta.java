// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

/// Names of MCP's own members of `_meta`.
public final class Meta {
  private static final String PREFIX = "io.modelcontextprotocol/";

  public static final String PROTOCOL_VERSION = PREFIX + "protocolVersion";
  public static final String CLIENT_CAPABILITIES = PREFIX + "clientCapabilities";
  public static final String CLIENT_INFO = PREFIX + "clientInfo";
  public static final String SERVER_INFO = PREFIX + "serverInfo";
  public static final String SUBSCRIPTION_ID = PREFIX + "subscriptionId";
  public static final String TRACEPARENT = "traceparent";

  private Meta() {}
}
