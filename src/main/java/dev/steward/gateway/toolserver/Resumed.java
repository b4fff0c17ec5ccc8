// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The messages for one request of a legacy session, read on after a break until the response is
/// there.
final class Resumed implements Answers {
  private static final int BREAKS_MAX = 10;
  private static final long PAUSE_MILLIS_USUAL = 1_000;
  private static final long PAUSE_MILLIS_MAX = 30_000;

  private final LegacyHttp session;
  private final Cuttable call;
  private Pausing pausing = Thread::sleep;
  private HttpAnswers answers;
  private String lastId = "";
  private long pauseMillis = PAUSE_MILLIS_USUAL;
  private int breaks;
  private boolean answered;

  Resumed(LegacyHttp session, HttpAnswers answers, Cuttable call) {
    this.session = session;
    this.answers = answers;
    this.call = call;
  }

  @Override
  public void pausing(Pausing how) {
    pausing = how;
  }

  @Override
  public boolean streaming() {
    return answers.streaming();
  }

  @Override
  public @Nullable RpcMessage next() throws ToolServerException {
    while (!answered) {
      RpcMessage message = null;
      ToolServerException broken = null;
      try {
        message = answers.next();
      } catch (ToolServerException e) {
        broken = e;
      }
      lastId = answers.lastId().isEmpty() ? lastId : answers.lastId();
      pauseMillis = answers.retryMillis() < 0 ? pauseMillis : answers.retryMillis();
      if (message != null) {
        answered = message.kind() == RpcMessage.Kind.RESPONSE;
        return message;
      }
      if (lastId.isEmpty() || ++breaks > BREAKS_MAX) {
        if (broken != null) {
          throw broken;
        }
        return null;
      }
      goOn();
    }
    return null;
  }

  private void goOn() throws ToolServerException {
    answers.close();
    try {
      call.waiting(() -> {
        pausing.pause(Math.min(pauseMillis, PAUSE_MILLIS_MAX));
        return true;
      });
    } catch (IOException e) {
      throw new ToolServerException(
          new Reason.Unknown("The call was ended while it waited for its server.", false), e);
    }
    HttpAnswers next = session.resume(lastId, call);
    if (next == null) {
      throw new ToolServerException(
          new Reason.Unknown("The server broke off its answer and does not go on with it.", false));
    }
    answers = next;
  }

  @Override
  public void close() {
    answers.close();
  }
}
