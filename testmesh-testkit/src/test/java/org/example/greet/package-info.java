/** The code of the guide's page about actions, in a package of a stranger. */
@NullMarked
package org.example.greet;

import org.jspecify.annotations.NullMarked;
