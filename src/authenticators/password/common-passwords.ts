/*
 * The passwords and words that guessers try first, folded (no case, no marks). Compiled for this project from common
 * knowledge: the head of the lists published yearly after breaches, keyboard walks, number runs, and the words, names,
 * sayings and places that Vietnamese passwords are made of. Facts without an author; free as the rest of the project.
 * A word here also refuses its forms with a few digits or signs around it (password.policy.ts).
 */
const WORDS = `
  password passwd passw0rd password1 pass1234 passport letmein welcome admin administrator root user guest login
  access master qwerty qwertyui qwertyuiop qwerty123 qwer1234 asdfgh asdfghjk asdfghjkl zxcvbnm zxcvbn qazwsx
  qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t 1q2w3e q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 qwertz azerty poiuytrewq
  lkjhgfdsa mnbvcxz asdasd asdf1234 asdfasdf qweasd qweasdzxc qwe123 123qwe 123qweasd 123qweasdzxc qweqwe asd123
  zxc123 zxcvbnm123 abc123 abcd1234 abcdef abcdefg abcdefgh a1b2c3 a1b2c3d4 aa123456 a123456 a1234567 a12345678
  a123456789 abc12345 abc123456 abcabc abcd12345 123abc 1234abcd 12345abc 123456a 1234567a 12345678a 123456789a
  123456abc 12345678 123456789 1234567890 12345679 123123123 12341234 1234512345 123321123 12344321 1234554321
  123454321 123456654321 11223344 1122334455 112233 11112222 111222 111222333 121212 12121212 123698745 147258369
  147852369 159357 159753 159951 15975312 963852741 987654321 9876543210 87654321 76543210 741852963 789456123
  789654123 456789123 123789456 0123456789 01234567 012345678 0987654321 09876543 098765432 13131313 14141414
  10101010 20202020 69696969 88888888 99999999 66668888 68686868 79797979 39393939 86868686 19001560 18001008
  0000000000 00000000 11111111 1111111111 22222222 33333333 44444444 55555555 66666666 77777777 31121990 01011990
  01011980 01012000 30041975 02091945 19051890 iloveyou ilovey0u loveyou lovely love1234 iloveu iloveme ihateyou
  lovelove princess sunshine football baseball basketball soccer monkey dragon shadow superman batman spiderman
  pokemon pikachu naruto starwars michael jordan jennifer jessica ashley daniel charlie thomas robert andrew hunter
  killer trustno1 whatever freedom nothing secret computer internet samsung iphone apple google facebook youtube
  microsoft windows hello helloworld hello123 hellohello cheese chocolate cookie flower butterfly summer winter
  autumn spring january february october november december monday friday sunday family forever angel angels heaven
  jesus blessed purple orange yellow silver golden diamond liverpool chelsea arsenal barcelona realmadrid
  manchester manutd ronaldo messi beckham mercedes porsche ferrari corvette mustang yamaha honda toyota suzuki
  changeme default testtest test1234 testing temporary newpassword mypassword yourpassword oldpassword nopassword
  mynewpassword qwertypassword password123456 passwordpassword p@ssword p@ssw0rd pa55word passw0rd1 welcome1
  admin123 admin1234 adminadmin root1234 user1234 system manager matkhau matkhaumoi matkhaucu matkhaucuatoi
  matkhaulagi matkhaubimat matkhaukhongdoi matkhau123 matkhau1234 matkhau12345 matkhau123456 khongcomatkhau
  quenmatkhau quenmatkhauroi khongnho khongbiet khongbietnua khongcogi khongco bimat baomat dangnhap taikhoan
  taikhoanmoi nguoidung quantri anhyeuem emyeuanh yeuanh yeuem yeuemnhieu yeuanhnhieu yeuemmaimai yeuanhmaimai
  anhyeuemnhieu emyeuanhnhieu anhnhoem emnhoanh nhoanh nhoem nhoemnhieu toiyeuem toiyeuanh toiyeuban iuanh iuem
  anhiuem emiuanh yeuvo yeuchong yeucon yeume yeubo yeubome yeugiadinh giadinh giadinhtoi giadinhhanhphuc
  giadinhlaso1 giadinhlatatca tinhyeu tinhyeudau tinhyeucuatoi mottinhyeu mainoyeuem maiyeuem maiyeuanh maimai
  maimaiyeuem maimaiyeuanh maimaimottinhyeu motdoi hanhphuc hanhphucnhe cuocsong cuocdoi thoigian kyniem noiay
  ngaymai ngaymoi tuoitre tuonglai hyvong niemtin banbe bantoi banthan nguoiyeu nguoiay nguoivietnam vochong
  chongyeu voyeu congai contrai contraiyeu congaiyeu concung conyeu conyeume meyeu meyeucon boyeu bomeyeu bome
  bamemai bame ongba cacon anhem chiem emgai emtrai chanchan buonqua buonngu buoncuoi vuive vuiqua concho conmeo
  concaheo conheo conheocon conga convit concoc meomeo cunyeu cuncon heocon thocon gautruc gaubong bupbe bupbexinh
  congchua congchuanho hoangtu hoangtumua hoanghau nuhoang sieunhan sieunhando doremon doraemon nobita shizuka
  conan xeko thuythumattrang hoahong hoahongden hoahongxanh hoasen hoamai hoadao hoahuongduong huongduong bonghong
  xuongrong saobang ngoisao saomai matheo mattroi mattrang anhsang bautroi bienxanh bienca dongbien songnuoc
  hoangha haiduong muadong muathu muaxuan muahe muamua muathudi tuyetroi giomua vietnam vietnamoi vietnamtoiyeu
  vietnamvodich toiyeuvietnam ilovevietnam iloveyouvietnam yeuvietnam vietnam123 vn123456 vietnam1975 vietnam1945
  hanoi hanoiyeudau saigon saigonyeudau saigondep danang dalat haiphong cantho nhatrang vungtau quangninh thanhhoa
  nghean hatinh binhduong dongnai hochiminh bachoboh bacho bachokinhyeu chutichhochiminh dangcongsan doclap
  doclaptudo doclaptudohanhphuc tudo hoabinh thongnhat vinhquang nguyenvana nguyenvanan tranvanan levana nguyenthia
  nguyenthi nguyen tran pham hoang huynh phuong thanh linh trang huong thao nga hang thuy tuan hung dung cuong duc
  minh quang long nam son hai hieu trung kien hoa lan mai hong ngoc anhtuan tuananh minhanh ngocanh lananh quynhanh
  phuonganh maianh thuylinh khanhlinh ngoclan thanhthao thuhuong thutrang thuhang huyentrang ducanh hoanganh
  hoangnam hoanglong quocanh quocbao giabao baongoc khanhhuyen minhtuan minhhoang minhquan anhthu phamhuong sontung
  sontungmtp bigbang blackpink btsarmy lienquan lienminh lienminhhuyenthoai lienquanmobile freefire dotkich
  audition kiemthe volam volamtruyenky zingplay zingme zalo facebooknguoidung zaloyeu vneid vneid123 dichvucong
  congan canbo cccd canccuoc cancuoc dinhdanh dinhdanhdientu sodinhdanh chungminh chungminhnhandan conganvietnam
  viettel vinaphone mobifone vietcombank agribank techcombank bidv vietinbank nganhang tienbac nhieutien phattai
  phatdat phatloc locphat loc tailoc maymanmayman mayman anlanh binhan bantinh sucmanh chienthang vodich sothich
  thichthich thichgi chaoban xinchao xinchaoban tambiet camon camonban xinloi xinloiem xinloianh dungyeu dungxa
  dungbuon tinhban tinhyeumau tinhbanmaimai truonghoc lophoc hocsinh sinhvien giaovien hocgioi hoctot hoctap
  lamviec congviec congty giamdoc kinhdoanh banhang khachhang doanhnghiep sonha nhatoi nhaem nhaanh quehuong queme
  dongque trumcuoi chuyengia caothu caothuvolam daica daiga nhoxinh xinhdep xinhxinh dethuong dethuongqua cutenhat
  nhoccon nhocxinh girlxinh boydepdrai dangyeu cobe cobengoc cobemuadong cobelolem lolem loleml hotgirl hotboy
  badboy badgirl kutelove kutekute iloveyouso iloveyou1 iloveyou123 iloveyou3000 loveyou3000 love123456 loveforever
  foreverlove onlyyou onlylove truelove mylove mylove123 myfamily mybaby babylove babygirl babyboy anhlaso1 emlaso1
  toilaso1 toilatoi toilaai toilanguoivietnam emlacuaanh anhlacuaem macdinh thaydoi thunghiem kiemtra kiemtra123
  thu123456 abc@123 abc@1234 abc@12345 abc@123456 abcd@1234 admin@123 a@123456 aa@123456 qwe@123 qwer@1234
  matkhau@123 password@123 p@ssw0rd123 viet@123 vietnam@123 hanoi@123 test@123 user@123 welcome@123 pass@123
  pass@word1 pass@1234
`;

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
