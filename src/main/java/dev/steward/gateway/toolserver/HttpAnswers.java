// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.rpc.RpcStream;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The messages in one answer over HTTP.
final class HttpAnswers implements Answers {
  /// Of one message; a file in a result is written in base64.
  private static final int MESSAGE_BYTES_MAX = 32 << 20;

  private static final System.Logger LOG = System.getLogger(HttpAnswers.class.getName());

  /// What may follow a response before its connection is given up.
  private static final int REST_MAX = 16 << 10;

  private final HttpLink link;
  private final HttpLink.Begun begun;
  private final Cuttable call;
  private final boolean streaming;
  private final RpcStream messages;
  private boolean answered;

  HttpAnswers(HttpLink link, HttpLink.Begun begun, Cuttable call) throws ToolServerException {
    this.link = link;
    this.begun = begun;
    this.call = call;
    String type = begun.header("Content-Type").toLowerCase(Locale.ROOT);
    this.streaming = type.startsWith("text/event-stream");
    if (!streaming && !type.startsWith("application/json")) {
      int status = begun.answer().status();
      Reason reason = noMessage(status, type);
      begun.visit().troubled(reason.message());
      throw new ToolServerException(reason, new NoMessage(status));
    }
    this.messages =
        streaming
            ? RpcStream.events(begun.body(), MESSAGE_BYTES_MAX)
            : RpcStream.values(begun.body(), MESSAGE_BYTES_MAX);
  }

  /// The server answered with something else than a message.
  static final class NoMessage extends IOException {
    private static final long serialVersionUID = 1L;

    private NoMessage(int status) {
      super("status " + status);
    }
  }

  private Reason noMessage(int status, String type) {
    String message =
        "The tool server "
            + link.name()
            + " answered "
            + status
            + (type.isEmpty() ? " without a body" : " with " + type)
            + switch (status) {
              case 401, 403 -> ": check its 'credential' and the secret that it names.";
              case 404, 405 -> ": check that its 'url' is the one of an MCP endpoint.";
              default -> ", which is no MCP message.";
            };
    return status >= 400 && status < 500
        ? new Reason.NotSent(message)
        : new Reason.Unknown(message, false);
  }

  @Override
  public boolean streaming() {
    return streaming;
  }

  @Override
  public @Nullable RpcMessage next() throws ToolServerException {
    try {
      @Nullable RpcMessage message = call.<@Nullable RpcMessage>waiting(messages::next);
      heard(message);
      return message;
    } catch (CutException e) {
      throw e;
    } catch (RpcException e) {
      begun.visit().failed("It sent what is no MCP message.");
      throw new ToolServerException(
          new Reason.Unknown(
              "The tool server " + link.name() + " sent what is no MCP message: " + e.getMessage(),
              false),
          e);
    } catch (Patience.LateException e) {
      ToolServerException late = link.late("went silent in the middle of an answer: ", e);
      begun.visit().failed(String.valueOf(late.getMessage()));
      throw late;
    } catch (IOException | RuntimeException e) {
      begun.visit().failed(link.brokeOff(e));
      throw new ToolServerException(new Reason.Unknown(link.brokeOff(e), false), e);
    }
  }

  private void heard(@Nullable RpcMessage message) {
    if (message == null) {
      // What can be read on was not broken off.
      if (!answered && lastId().isEmpty()) {
        begun.visit().failed("It ended its answer without a result.");
      }
      return;
    }
    begun.body().waits(message.kind() == RpcMessage.Kind.REQUEST);
    if (message.kind() == RpcMessage.Kind.RESPONSE) {
      answered = true;
      begun.visit().answered();
    }
  }

  /// The id of the last event, "" where they have none.
  String lastId() {
    return messages.lastId();
  }

  /// How long to wait before asking for the rest, -1 where the server does not say.
  long retryMillis() {
    return messages.retryMillis();
  }

  @Override
  public void close() {
    if (!answered) {
      begun.close();
    } else if (begun.answer().length() >= 0) {
      drain();
      begun.close();
    } else {
      // Nobody waits for a server to end its stream, but a connection is only kept if it does.
      begun.visit().leave();
      Thread.ofVirtual()
          .name("mcp-drain")
          .start(() -> {
            drain();
            begun.answer().close();
          });
    }
  }

  private void drain() {
    byte[] rest = new byte[1024];
    try {
      for (int all = 0; all < REST_MAX; ) {
        int count = begun.body().read(rest);
        if (count < 0) {
          return;
        }
        all += count;
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection is not kept", e);
    }
  }
}
