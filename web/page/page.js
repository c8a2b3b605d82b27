// The page's side of the stage: starts it, brings it input, and shows what it says. All decisions
// are made in C++; here are only the document and its events.

import './context.js';
import './copy.js';
import { letDrive } from './figure.js';
import './files.js';
import './print.js';
import { startWhenSeen } from './start.js';
import './terms.js';

letDrive(false);
startWhenSeen();
