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

/** A Chromium that is already there: CHROME_BIN, the PATH, the usual places, Playwright's cache. */
export function findBrowser() {
  const { CHROME_BIN, PATH = '', LOCALAPPDATA = '', PROGRAMFILES = '' } = process.env
  if (CHROME_BIN)
    return isRunnable(CHROME_BIN) ? CHROME_BIN : fail(`CHROME_BIN: wanted a program, found ${CHROME_BIN}`)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
  const onPath = PATH.split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)))
  const usual = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    join(PROGRAMFILES, 'Google/Chrome/Application/chrome.exe'),
    join(LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
    join(PROGRAMFILES, 'Microsoft/Edge/Application/msedge.exe'),
  ]
  return [...onPath, ...usual, ...inPlaywrightCache()].find(isRunnable)
}

/** Debian's Firefox, if it is there: the one that the journeys are known to drive. It is never installed here. */
export function findFirefox() {
  const { SPLITSECOND_FIREFOX, PATH = '' } = process.env
  return (
    SPLITSECOND_FIREFOX ??
    PATH.split(delimiter)
      .map((dir) => join(dir, 'firefox-esr'))
      .find(isRunnable)
  )
}

function inPlaywrightCache() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? '',
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
    join(process.env.LOCALAPPDATA ?? '', 'ms-playwright'),
  ].filter((dir) => dir && existsSync(dir))
  const inside = [
    'chrome-linux/headless_shell',
    'chrome-linux/chrome',
    'chrome-headless-shell-linux64/chrome-headless-shell',
    'chrome-headless-shell-mac-arm64/chrome-headless-shell',
    'chrome-headless-shell-win64/chrome-headless-shell.exe',
  ]
  return caches.flatMap((dir) =>
    readdirSync(dir)
      .filter((name) => name.startsWith('chromium'))
      .flatMap((name) => inside.map((path) => join(dir, name, path))),
  )
}

function installBrowser() {
  const asRoot = process.getuid?.() === 0
  const sudo = !asRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (existsSync('/etc/debian_version') && (asRoot || sudo)) {
    say('installing Chromium from the system’s packages (about a minute), once')
    const apt = (...args) =>
      execFileSync(
        sudo ? 'sudo' : 'apt-get',
        [...(sudo ? ['apt-get'] : []), '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args],
        {
          stdio: ['ignore', 'ignore', 'inherit'],
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        },
      )
    try {
      apt('update')
      apt('install', '-y', '--no-install-recommends', 'chromium')
    } catch {
      say('that did not work; trying Playwright’s own build')
    }
    const found = findBrowser()
    if (found) return found
  }
  say('downloading Chromium through Playwright, once')
  const { status } = spawnSync('npx', ['playwright', 'install', '--only-shell', 'chromium'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  const found = status === 0 ? findBrowser() : undefined
  return (
    found ??
    fail(
      'No Chromium found, and none could be installed. Install Chrome or Chromium, or set CHROME_BIN to one.',
    )
  )
}

/** @returns the path of a Chromium, when one is asked for */
export function prepare({ browser = false } = {}) {
  checkNode()
  installPackages()
  return browser ? (findBrowser() ?? installBrowser()) : undefined
}
