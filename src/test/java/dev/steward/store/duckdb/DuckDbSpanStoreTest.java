// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.AgentDirectory;
import dev.steward.trace.RunQueriesContract;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Silence;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSpanStoreTest extends RunQueriesContract {
  @TempDir Path folder;

  @Override
  protected SpanStore open(AgentDirectory agents, Silence silence, InstantSource clock) {
    return DuckDbSpanStore.open(folder, DuckDbConfig.DEFAULT, agents, silence, clock);
  }

  @Override
  protected boolean durable() {
    return true;
  }
}
