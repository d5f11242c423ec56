/** Made-up data. May use the API and Datafaker. */
@NullMarked
package io.testmesh.faker;

import org.jspecify.annotations.NullMarked;
