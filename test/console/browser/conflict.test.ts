import { expect, it } from 'vitest';
import { firstChoice, heard, press, rowOf, search, startDemo } from './open-page.ts';
import { served } from './served.ts';

const console = served(startDemo);

it('a second tab that saves later is told so, sees where both decided, and loses nothing', async () => {
  const first = await console.open();
  const second = await console.open();
  for (const { page } of [first, second]) {
    await press(page, 'Suggest Values');
    await heard(page, /to review/);
    await search(page, 'aldi');
    await rowOf(page, 'ALDI Nord').click();
    await page.getByRole('heading', { name: 'ALDI Nord' }).waitFor();
  }
  await first.page.keyboard.press('i');
  await heard(first.page, 'ALDI Nord is ignored.');
  await press(first.page, /^Save Mappings/);
  await press(first.page, 'Save 1 change');
  await heard(first.page, 'Saved as revision 1.');

  await second.page.keyboard.press('c');
  await second.page.getByRole('combobox', { name: 'Another customer' }).fill('aldi süd');
  await firstChoice(second.page).click();
  await heard(second.page, /ALDI Nord is ALDI SÜD/);
  await press(second.page, /^Save Mappings/);
  await press(second.page, 'Save 1 change');
  const told = second.page.getByRole('dialog', { name: 'Someone else saved first' });
  await told.getByText('none of your decisions is lost').waitFor();
  await press(second.page, 'Put my decisions on top of theirs');
  const clash = second.page.getByRole('dialog', { name: 'Both of you decided' });
  expect((await clash.locator('tbody tr').innerText()).replaceAll(/\s+/g, ' ')).toMatch(
    /ALDI Nord ignored ALDI SÜD \(\d+\)/,
  );
  await press(second.page, 'Review and save');
  await press(second.page, 'Save 1 change');
  await heard(second.page, 'Saved as revision 2.');
  first.expectQuiet();
  second.expectQuiet();
});
