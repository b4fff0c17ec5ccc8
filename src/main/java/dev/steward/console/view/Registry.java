// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import java.util.Collection;
import java.util.Optional;

/// What the registry knows, as far as pages show it. The server wires it to the State in force.
public interface Registry {
  Collection<Agent> agents();

  /// A person by the name that resources use, or by the random id that the ledger uses.
  Optional<Person> person(String nameOrId);

  /// The short name of the version in force, "undeclared" when the registry knows none.
  String versionInForce(String agent, String environment);
}
