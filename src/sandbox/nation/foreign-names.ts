interface Country {
  /** As the registry writes it. */
  readonly nationality: string;
  /** How the numbers of the made-up passports begin. */
  readonly letters: string;
  /** In Latin letters, as a passport's machine-readable zone has them. */
  readonly family: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
}

/** Where the foreigners of the sandbox come from. */
export const COUNTRIES: readonly Country[] = [
  {
    nationality: 'Hàn Quốc',
    letters: 'XK',
    family: ['KIM', 'LEE', 'PARK', 'CHOI', 'JUNG'],
    female: ['SOYEON', 'JIWOO', 'MINJI', 'HYE JIN'],
    male: ['MINSU', 'JUNHO', 'SEUNG WOO', 'TAE YANG'],
  },
  {
    nationality: 'Nhật Bản',
    letters: 'XJ',
    family: ['SATO', 'SUZUKI', 'TANAKA', 'ITO', 'OKAMOTO'],
    female: ['YUKI', 'HARUKA', 'AIKO', 'MISAKI'],
    male: ['KENJI', 'HIROSHI', 'TARO', 'SHOTA'],
  },
  {
    nationality: 'Pháp',
    letters: 'XF',
    family: ['MARTIN', 'BERNARD', "D'ARTAGNAN", 'LE GOFF', 'DUPONT-MOREL'],
    female: ['CLAIRE', 'MARIE-LOUISE', 'CAMILLE', 'ANNE SOPHIE'],
    male: ['LUCAS', 'JEAN-PIERRE', 'ANTOINE', 'HUGO'],
  },
  {
    nationality: 'Lào',
    letters: 'XL',
    family: ['PHOMMACHANH', 'SISAVATH', 'VONGSA', 'KEOMANY'],
    female: ['BOUNMY', 'CHANTHA', 'NOY', 'KHAMLA'],
    male: ['SOMCHAI', 'KHAMPHET', 'BOUNLEUT', 'THONGDAM'],
  },
  {
    nationality: 'Hoa Kỳ',
    letters: 'XU',
    family: ['SMITH', "O'NEILL", 'GARCIA', 'JOHNSON', 'NGUYEN'],
    female: ['EMILY ROSE', 'GRACE', 'OLIVIA', 'LINDA MAI'],
    male: ['JAMES', 'ETHAN LEE', 'DAVID', 'MICHAEL'],
  },
];
