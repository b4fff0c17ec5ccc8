// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

/// Ends the way of a message with an error.
public final class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RpcError error;

  public RpcException(RpcError error) {
    super(error.message());
    this.error = error;
  }

  public RpcException(RpcError error, Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  public RpcError error() {
    return error;
  }
}
