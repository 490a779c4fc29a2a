import { testAccess } from '../support/page-access.ts';

testAccess({ dark: false });
