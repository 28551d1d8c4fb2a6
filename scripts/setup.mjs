/**
 * Makes a fresh clone ready, with nothing but Node's own modules: right Node, packages, and (for tests in a
 * browser) a Chromium. Skips what is done and says in one line what it does.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const say = (line) => console.log(`\x1b[2m›\x1b[0m ${line}`)

/** Ends the process with one sentence and no stack. */
export function fail(line) {
  console.error(`\x1b[31m✗\x1b[0m ${line}`)
  process.exit(1)
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [wantMajor, wantMinor] = engines.node.replace('>=', '').split('.').map(Number)
  if (major < wantMajor || (major === wantMajor && minor < wantMinor))
    fail(
      `Node ${engines.node} is wanted, found ${process.versions.node}. Install a newer one from https://nodejs.org.`,
    )
}

function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const stamp = createHash('sha256').update(lock).update(process.version).digest('hex')
  const file = join(root, 'node_modules', '.splitsecond-setup')
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return
  say('installing packages (npm ci), once per lock file')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) fail('npm ci failed; see above. Is the package registry reachable?')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, stamp)
}

const isRunnable = (path) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (...names) =>
  (process.env.PATH ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)))

/** A Chromium that is already there: CHROME_BIN, the PATH, the usual places, Playwright's cache. */
export function findBrowser() {
  const { CHROME_BIN, LOCALAPPDATA = '', PROGRAMFILES = '' } = process.env
  if (CHROME_BIN)
    return isRunnable(CHROME_BIN) ? CHROME_BIN : fail(`CHROME_BIN: wanted a program, found ${CHROME_BIN}`)
  const usual = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    join(PROGRAMFILES, 'Google/Chrome/Application/chrome.exe'),
    join(LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
    join(PROGRAMFILES, 'Microsoft/Edge/Application/msedge.exe'),
  ]
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
  return [...onPath(...names), ...usual, ...inPlaywrightCache('chrome-linux/chrome')].find(isRunnable)
}

/**
 * The same without a window: a page is open in a third of the time. It has no back/forward cache, so some journeys need
 * the other one. With CHROME_BIN that is the browser for all of them.
 */
export const findShell = () =>
  process.env.CHROME_BIN
    ? undefined
    : [
        ...onPath('chromium-headless-shell', 'chrome-headless-shell'),
        ...inPlaywrightCache(
          'chrome-linux/headless_shell',
          'chrome-headless-shell-linux64/chrome-headless-shell',
          'chrome-headless-shell-mac-arm64/chrome-headless-shell',
          'chrome-headless-shell-win64/chrome-headless-shell.exe',
        ),
      ].find(isRunnable)

/** Debian's Firefox, if it is there: the one that the journeys are known to drive. It is never installed here. */
export function findFirefox() {
  return process.env.SPLITSECOND_FIREFOX ?? onPath('firefox-esr').find(isRunnable)
}

function inPlaywrightCache(...inside) {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? '',
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
    join(process.env.LOCALAPPDATA ?? '', 'ms-playwright'),
  ].filter((dir) => dir && existsSync(dir))
  return caches.flatMap((dir) =>
    readdirSync(dir)
      .filter((name) => name.startsWith('chromium'))
      .flatMap((name) => inside.map((path) => join(dir, name, path))),
  )
}

/** Whether the system's packages are ours to add to: as root, which in most cases is a container. */
const hasApt = existsSync('/etc/debian_version')
const asRoot = process.getuid?.() === 0

function installPackagesOfSystem(...names) {
  const sudo = !asRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (!hasApt || !(asRoot || sudo)) return
  say(`installing ${names.join(' and ')} from the system’s packages (about a minute), once`)
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::http::Timeout=20']
  const apt = (...args) =>
    execFileSync(sudo ? 'sudo' : 'apt-get', [...(sudo ? ['apt-get'] : []), ...options, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  try {
    apt('update')
    for (const name of names) apt('install', '-y', '--no-install-recommends', name)
  } catch {
    say('that did not work')
  }
}

function downloadShell() {
  say('downloading Chromium through Playwright, once')
  spawnSync('npx', ['playwright', 'install', '--only-shell', 'chromium'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
}

function findOrInstall() {
  const missing = [!findBrowser() && 'chromium', !findShell() && 'chromium-headless-shell'].filter(Boolean)
  // Whoever has a browser and is not root is spared: it does all that the other does.
  if (missing.length === 2 || (missing.length && asRoot && !process.env.CHROME_BIN))
    installPackagesOfSystem(...missing)
  if (!findBrowser() && !findShell()) downloadShell()
  const found = { browser: findBrowser(), shell: findShell() }
  if (!found.browser && !found.shell)
    fail(
      'No Chromium found, and none could be installed. Install Chrome or Chromium, or set CHROME_BIN to one.',
    )
  return found
}

/** @returns the paths of a Chromium with and without a window, where they are there, when they are asked for */
export function prepare({ browser = false } = {}) {
  checkNode()
  installPackages()
  return browser ? findOrInstall() : {}
}
