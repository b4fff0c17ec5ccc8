// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.control.state.State;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.tool.ListView;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.wire.RefusedException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells clients that listen when what they may see has changed by us: a policy applied, a pin
/// accepted, a version put in force. What their servers change those tell themselves.
final class ViewWatch implements AutoCloseable {
  static final String TOOLS = ToolStep.LIST_CHANGED;
  static final String RESOURCES = "notifications/resources/list_changed";
  static final String PROMPTS = "notifications/prompts/list_changed";
  private static final System.Logger LOG = System.getLogger(ViewWatch.class.getName());

  private final Supplier<State> state;
  private final ToolCalls calls;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Semaphore published = new Semaphore(0);
  private final Thread thread;

  ViewWatch(Supplier<State> state, ToolCalls calls) {
    this.state = state;
    this.calls = calls;
    this.thread = Thread.ofVirtual().name("mcp-views").start(this::run);
  }

  /// Says that there is another State; it takes no time.
  void changed() {
    if (!watches.isEmpty()) {
      published.release();
    }
  }

  /// Watches for a client until it is closed.
  ///
  /// @param tell takes the methods of notifications
  Watch open(Client client, Consumer<String> tell) {
    Watch watch = new Watch(client, tell);
    watch.look();
    watches.add(watch);
    // Whatever was published since is seen too.
    published.release();
    return watch;
  }

  private void run() {
    try {
      while (true) {
        published.acquire();
        published.drainPermits();
        watches.forEach(Watch::look);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /// One client that listens.
  final class Watch implements AutoCloseable {
    private final Client client;
    private final Consumer<String> tell;
    private ListView seen = ListView.NOTHING;
    private boolean looked;

    private Watch(Client client, Consumer<String> tell) {
      this.client = client;
      this.tell = tell;
    }

    private synchronized void look() {
      ListView now = view();
      ListView before = seen;
      seen = now;
      if (!looked) {
        looked = true;
        return;
      }
      try {
        if (!now.tools().equals(before.tools())) {
          tell.accept(TOOLS);
        }
        if (!now.features().equals(before.features())) {
          tell.accept(RESOURCES);
          tell.accept(PROMPTS);
        }
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "a client was not told of a change", e);
      }
    }

    private ListView view() {
      State now = state.get();
      try {
        Caller caller = Callers.holder(now, client.caller().key());
        return calls.view(caller, servers(caller));
      } catch (RefusedException _) {
        return ListView.NOTHING;
      }
    }

    private List<String> servers(Caller caller) {
      return switch (client.destination()) {
        case Destination.One(ToolServer server) -> List.of(server.name());
        case Destination.All _ ->
            caller.version().tools().stream().map(use -> use.server()).distinct().toList();
      };
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }
}
