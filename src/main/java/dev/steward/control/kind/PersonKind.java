// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Grants;
import dev.steward.control.field.Names;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Person;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How a Person is written. The random id is not in the spec: Steward gives it.
final class PersonKind implements Kind<Person> {
  @Override
  public Class<Person> type() {
    return Person.class;
  }

  @Override
  public Optional<String> refuseName(String name) {
    if (Names.teamAlias(name)) {
      return Optional.of("'" + Names.shortened(name) + "' is a team alias; a Person is one human");
    }
    return Names.email(name)
        ? Optional.empty()
        : Names.refuse(name).map(reason -> reason + ", or an e-mail address in lower case");
  }

  @Override
  public Person read(Metadata metadata, Fields spec) {
    String email = spec.text("email", Names.email(metadata.name()) ? metadata.name() : "");
    if (!email.isEmpty() && !Names.email(email)) {
      spec.flaw("email", "'" + Names.shortened(email) + "' is no e-mail address in lower case");
    }
    return new Person(metadata, "", spec.text("displayName", ""), email, Grants.read(spec));
  }

  @Override
  public void write(Person person, ObjectNode spec) {
    Spec.put(spec, "displayName", person.displayName());
    if (!person.email().equals(person.name())) {
      Spec.put(spec, "email", person.email());
    }
    Grants.write(person.grants(), spec);
  }
}
