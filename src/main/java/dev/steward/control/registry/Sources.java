// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import dev.steward.control.state.State;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.ToolServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which tool reaches which data source, as the tool servers of one State declare it.
///
/// @param bySource each declared data source by name
/// @param byServer sources of each declared tool, by server and tool
record Sources(Map<String, DataSource> bySource, Map<String, Map<String, List<String>>> byServer) {

  static Sources of(State state) {
    Map<String, DataSource> bySource = new HashMap<>();
    state.all(DataSource.class).forEach(source -> bySource.put(source.name(), source));
    Map<String, Map<String, List<String>>> byServer = new HashMap<>();
    for (ToolServer server : state.all(ToolServer.class)) {
      Map<String, List<String>> tools = new HashMap<>();
      server.tools().forEach(tool -> tools.put(tool.name(), tool.sources()));
      byServer.put(server.name(), tools);
    }
    return new Sources(bySource, byServer);
  }

  /// Names of the sources that are meant by a name, a value of the label `data`, or `label=value`.
  /// A source that nobody declared is still named by those who use it.
  Set<String> meant(String data) {
    Set<String> meant = new HashSet<>();
    int equals = data.indexOf('=');
    if (equals < 0) {
      meant.add(data);
    }
    String label = equals < 0 ? "data" : data.substring(0, equals);
    String value = data.substring(equals + 1);
    bySource.forEach((name, source) -> {
      if (value.equals(source.metadata().labels().get(label))) {
        meant.add(name);
      }
    });
    return meant;
  }
}
